class A:
    pass
A.a = A
A.__bases__ = (A,)
class A(A):
    class B(A):
        pass
A.B.a.a.B()
class C(C):
    pass
