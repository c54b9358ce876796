def f(n):
    return f(n - 1) + f(n - 1) if n else 1
print(f(50))
