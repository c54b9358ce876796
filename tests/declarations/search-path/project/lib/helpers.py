def tag(value):
    return f"acme:{value}"
