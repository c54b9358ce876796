use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn classes_are_as_in_python() {
    check(
        r#"
class A:
    __slots__ = ("x",)
    count = 0
    items = []
    def __init__(self, x): self.x = x; A.count += 1
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
    def __class_getitem__(cls, k): return (cls.__name__, k)
class B(A, tag="b"):
    def __init__(self, x):
        super(B, self).__init__(x + 1)
b = B(1)
out = b.x, A.count, B.count, b.count, B.tag, A[3], b.items is A.items
class X:
    def who(self): return ["X"]
class Y(X):
    def who(self): return ["Y"] + super().who()
class Z(X):
    def who(self): return ["Z"] + super().who()
class W(Y, Z):
    def who(self): return ["W"] + super().who()
out2 = W().who(), [c.__name__ for c in W.__mro__], [c.__name__ for c in W.mro()], W.__bases__[0].__name__, W.__name__
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return V(self.v + (o.v if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.v)
    def __sub__(self, o): return V(self.v - o)
    def __mul__(self, o): return NotImplemented
    def __rmul__(self, o): return V(o * self.v)
    def __neg__(self): return V(-self.v)
    def __bool__(self): return self.v != 0
    def __len__(self): return self.v
    def __contains__(self, i): return i == self.v
    def __eq__(self, o): return isinstance(o, V) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __repr__(self): return f"V({self.v})"
    def __getitem__(self, k): return k
    def __call__(self, *a, **k): return a, k
    def __lt__(self, o): return self.v < o.v
    def __iadd__(self, o): self.v += o; return self
    def __truediv__(self, o): return V(self.v / o)
    def __rtruediv__(self, o): return V(o / self.v)
    def __abs__(self): return V(abs(self.v))
    def __int__(self): return self.v
    def __index__(self): return self.v
    def __invert__(self): return "inv"
    def __lshift__(self, o): return ("<<", o)
    def __matmul__(self, o): return "mat"
    def __pow__(self, o): return "pow"
    def __float__(self): return 2.5
    def __round__(self, n=None): return "r"
v = V(2)
out3 = v + 1, 1 + v, sum([V(1), V(2)]), v - 1, 3 * v, -v, bool(V(0)), len(v), 2 in v, 3 in v, {V(1): "a"}[V(1)], v[1:2], v[1, 2], v(1, a=2), sorted([V(2), V(1)]), V(1) < V(2), V(2) > V(1)
v += 5
out4 = v, v / 2, 14 / v, abs(V(-1)), int(v), [0] * 3, v << 1, ~v, v @ 1, v ** 2, float(v), round(v), list(range(10))[V(3)]
try:
    v * "x"
except TypeError as e:
    out5 = str(e)
out6 = not V(0), "y" if V(0) else "n", V(0) or "or", V(1) == 1, V(1) != V(1), V(1) in [V(1)]
"#,
        expect![[r#"
            (2, 1, 1, 1, 'b', ('A', 3), True)
            (['W', 'Y', 'Z', 'X'], ['W', 'Y', 'Z', 'X', 'object'], ['W', 'Y', 'Z', 'X', 'object'], 'Y', 'W')
            (V(3), V(3), V(3), V(1), V(6), V(-2), False, 2, True, False, 'a', slice(1, 2, None), (1, 2), ((1,), {'a': 2}), [V(1), V(2)], True, True)
            (V(7), V(3.5), V(2.0), V(1), 7, [0, 0, 0], ('<<', 1), 'inv', 'mat', 'pow', 2.5, 'r', 3)
            (True, 'n', 'or', False, False, True)
        "#]],
    );
}
