use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn properties_are_as_in_python() {
    check(
        r#"
class T:
    def __init__(self): self._c = 1
    @property
    def c(self): "doc c"; return self._c
    @c.setter
    def c(self, v): self._c = v * 2
    @c.deleter
    def c(self): self._c = None
    @property
    def ro(self): return 7
    name = property(lambda self: "n")
    @staticmethod
    def st(a): return a
    @classmethod
    def cm(cls): return cls.__name__
t = T()
t.c = 5
out = t.c, t.ro, t.name, T.st(1), t.st(2), T.cm(), t.cm()
del t.c
out2 = t.c
try:
    t.ro = 1
except AttributeError as e:
    out3 = str(e)
class D:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner=None):
        if obj is None: return self
        return obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, v): obj.__dict__[self.name] = v + 1
class H:
    d = D()
h = H()
out4 = h.d
h.d = 1
out5 = h.d, vars(h), h.__dict__
class G:
    def __getattr__(self, n):
        if n.startswith("x"): return n
        raise AttributeError(n)
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 10)
g = G()
g.q = 1
out6 = g.xyz, g.q, hasattr(g, "zz"), getattr(g, "zz", 5)
class N:
    class Inner:
        V = 1
        def f(self): return self.V
    x = Inner.V + 1
    y = [i for i in range(x)]
out7 = N.Inner().f(), N.x, N.y, N.Inner.__qualname__
def deco(cls):
    cls.added = 1
    return cls
@deco
class Q: pass
out8 = Q.added, Q().added
class Sing:
    _i = None
    def __new__(cls, *a):
        if cls._i is None:
            cls._i = super().__new__(cls)
        return cls._i
    def __init__(self, v=0): self.v = v
out9 = Sing(1) is Sing(2), Sing(3).v
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
class It2:
    def __iter__(self):
        yield 1
        yield 2
class It3:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
out11 = list(It2()), tuple(It2()), 2 in It2(), [*It2()], list(It3()), dict.fromkeys(It2())
a, b = It2()
out12 = a, b, max(It2()), sorted(It3(), reverse=True)
class Str(str):
    def hi(self): return "hi " + self
class Di(dict):
    def __missing__(self, k): return k * 2
    def __getattr__(self, k): return self[k]
class Li(list):
    def second(self): return self[1]
out13 = Str("x").hi(), Str("ab").upper(), Di(a=1)["a"], Di()["zz"], Di(b=2).b, Li([1, 2]).second(), len(Li([1])), isinstance(Di(), dict), Str("q") == "q"
import abc
class Base(abc.ABC):
    @abc.abstractmethod
    def run(self): ...
    @property
    @abc.abstractmethod
    def p(self): ...
class Imp(Base):
    p = 3
    def run(self): return self.p
out14 = Imp().run()
try:
    Base()
except TypeError as e:
    pass
class Meta(type):
    def __new__(m, n, b, d, **k):
        c = super().__new__(m, n, b, d)
        return c
class WithMeta(metaclass=Meta):
    z = 1
"#,
        expect![[r#"
            (10, 7, 'n', 1, 2, 'T', 'T')
            None
            "property 'ro' of 'T' object has no setter"
            'unset'
            (2, {'d': 2}, {'d': 2})
            ('xyz', 10, False, 5)
            (1, 2, [0, 1], 'N.Inner')
            (1, 1)
            (True, 3)
            ([1, 2], (1, 2), True, [1, 2], [0, 10, 20], {1: None, 2: None})
            (1, 2, 2, [20, 10, 0])
            ('hi x', 'AB', 1, 'zzzz', 2, 2, 1, True, True)
            3
        "#]],
    );
}
