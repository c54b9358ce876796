class A:
    def __init__(self, a):
        self.a = a
a = None
for i in range(9999):
    a = A(a)
b = None
for i in range(9999):
    b = (lambda c: (lambda: c))(b)
