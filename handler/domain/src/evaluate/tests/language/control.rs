use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn control_are_as_in_python() {
    check(
        r#"
out = []
for i in range(3):
    if i == 5: break
else:
    out.append("forelse")
n = 3
while n:
    n -= 1
    if n == 1: continue
else:
    out.append("whileelse")
out1 = [y := 1, y + 1], [last := x for x in range(3)], last
fs = [lambda: i for i in range(3)]
out2 = [f() for f in fs]
fs = [lambda i=i: i for i in range(3)]
out3 = [f() for f in fs]
def counter():
    c = 0
    def inc():
        nonlocal c
        c += 1
        return c
    return inc
c = counter()
out4 = c(), c(), counter()()
G = 1
def setg():
    global G
    G += 5
    return G
out5 = setg(), G
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
out6 = fact(10), fact(25)
x, *y, z = range(5)
(p, q), r = (1, 2), 3
out7 = x, y, z, p, q, r, [*range(2), *"ab"], {**{"a": 1}, "b": 2, **{"a": 3}}, (*[1], 2), {*[1, 2], 3}
def kw(a, /, b, *args, c=3, **k): return a, b, args, c, k
out8 = kw(1, 2), kw(1, b=2, c=4, d=5), kw(1, 2, 3, 4, e=6), kw(*[1, 2, 3], **{"z": 1})
d = {"a": {"b": [1, 2]}}
d["a"]["b"][0] += 10
d["n"] = d.get("n", 0) + 1
del d["a"]["b"][1]
out9 = d, 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, not 1 > 2, (1, 2) < (1, 3), [1] == [1.0]
l = [0, 1, 2, 3, 4, 5]
l[1:3] = ["a", "b", "c"]
del l[0]
l[-1:] = []
l[::2] = [9] * len(l[::2])
out10 = l, l[::-1], l[-2:], "hello"[::-2], l[10:], "abc"[-10:2]
del l[1:]
out11 = l
match {"type": "cron", "v": [1, 2, 3]}:
    case {"type": "interval"}: out12 = 1
    case {"type": "cron", "v": [first, *rest], **more}: out12 = first, rest, more
class Pt:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def m(v):
    match v:
        case Pt(0, y): return "zero", y
        case Pt(x=1): return "one"
        case Pt(): return "pt"
        case int(n) if n > 5: return "big", n
        case int() | float(): return "num"
        case str(s): return s
        case [a, b]: return a, b
        case (a, *_): return "many"
        case None: return "none"
        case True: return "true"
        case {"k": k}: return k
        case _: return "other"
out13 = [m(v) for v in (Pt(0, 1), Pt(1, 2), Pt(3, 3), 7, 2, 1.5, "s", [1, 2], [1, 2, 3], None, {"k": 1}, {}, set())]
out14 = (lambda *a, **k: (a, k))(1, b=2), (lambda: (yield))().__class__.__name__ if False else 0
t = 1,
out15 = t, (), [[]], {}, ((1,),), {1: (2,)}, {1, }
if (nn := len("abc")) > 2: out16 = nn
out17 = [i * j for i in range(3) for j in range(i) if i], {k: v for k, v in zip("ab", [1, 2])}, {c for c in "a"}, sum(i for i in range(4)), any(i > 2 for i in [1, 3]), all([])
a = b = []
a.append(1)
out18 = b, a is b, a is not None, None is None
out19 = [1, 2] + [3], [1] * 2, "a" "b", -2 ** 2, 7 // -2, -7 % 5, 2 ** -1, 7.5 // 2, -7.5 % 2, 1e3, 10 ** 20, 0.1 + 0.2, 1 / 3, 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, 256 >> 2, True + 1, round(2.5), round(3.5), round(2.675, 2), divmod(-7, 2), abs(-3), pow(2, 10, 1000), 3.0, 1e16, 1.5e-7, 100000000000000.0
"#,
        expect![[r#"
            ['forelse', 'whileelse']
            ([1, 2], [0, 1, 2], 2)
            [2, 2, 2]
            [0, 1, 2]
            (1, 2, 1)
            (6, 6)
            (3628800, 15511210043330985984000000)
            (0, [1, 2, 3], 4, 1, 2, 3, [0, 1, 'a', 'b'], {'a': 3, 'b': 2}, (1, 2), {1, 2, 3})
            ((1, 2, (), 3, {}), (1, 2, (), 4, {'d': 5}), (1, 2, (3, 4), 3, {'e': 6}), (1, 2, (3,), 3, {'z': 1}))
            ({'a': {'b': [11]}, 'n': 1}, True, False, True, True, True, True)
            ([9], [9, 3, 9, 'b', 9], [3, 9], 'olh', [], 'ab')
            [9]
            (1, [2, 3], {})
            [('zero', 1), 'one', 'pt', ('big', 7), 'num', 'num', 's', (1, 2), 'many', 'none', 1, 'other', 'other']
            (((1,), {'b': 2}), 0)
            ((1,), (), [[]], {}, ((1,),), {1: (2,)}, {1})
            3
            ([0, 0, 2], {'a': 1, 'b': 2}, {'a'}, 6, True, True)
            ([1], True, True, True)
            ([1, 2, 3], [1, 1], 'ab', -4, -4, 3, 0.5, 3.0, 0.5, 1000.0, 100000000000000000000, 0.30000000000000004, 0.3333333333333333, 1, 7, 6, -6, 16, 64, 2, 2, 4, 2.67, (-4, 1), 3, 24, 3.0, 1e+16, 1.5e-07, 100000000000000.0)
        "#]],
    );
}
