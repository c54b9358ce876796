y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(y(lambda s: lambda n: s(n))(1))
(lambda x: x(x))(lambda x: x(x))
