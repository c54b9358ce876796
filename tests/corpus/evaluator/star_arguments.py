def f(*args, **kwargs):
    return f(*args, *args, **kwargs)
f(1, 2, a=3)
