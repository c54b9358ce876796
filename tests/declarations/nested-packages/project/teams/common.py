def company():
    return "acme"
