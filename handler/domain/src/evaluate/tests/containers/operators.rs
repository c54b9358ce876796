use expect_test::expect;

use super::check;

#[test]
fn operators_are_as_in_python() {
    check(
        r#"
import operator, copy, math, textwrap, types
from operator import itemgetter, attrgetter, methodcaller
out = sorted([{"a": 2}, {"a": 1}], key=itemgetter("a")), itemgetter(0, 2)("abc"), attrgetter("real")(5), operator.add(1, 2), operator.mul(3, 4), methodcaller("upper")("a")
out2 = operator.eq(1, 1), operator.lt(1, 2), operator.not_(0), operator.contains([1], 1), operator.getitem([5], 0), operator.or_({"a": 1}, {"b": 2}), operator.truediv(1, 2)
class A:
    def __init__(self): self.x = [1]
a = A()
b = copy.deepcopy(a)
c = copy.copy(a)
b.x.append(2)
c.x.append(3)
out3 = a.x, b.x, type(b).__name__, attrgetter("x")(a)
out4 = math.floor(1.7), math.ceil(1.2), math.sqrt(9), math.log(math.e), math.log10(100), math.log2(8), math.gcd(12, 18), math.trunc(-1.5), math.fabs(-2), math.pow(2, 3), math.isclose(0.1 + 0.2, 0.3), math.prod([2, 3]), math.isnan(math.nan), math.inf, math.factorial(5), math.hypot(3, 4), math.lcm(4, 6), math.comb(5, 2), math.fmod(5, 3), math.copysign(1, -2), math.log(8, 2), math.exp(0), math.isqrt(17), math.tau, math.modf(1.5), math.fsum([0.1] * 10), math.radians(180)
s = types.SimpleNamespace(a=1, b="x")
s.c = 3
out6 = s, s.a, vars(s), types.MappingProxyType({"a": 1})["a"], s == types.SimpleNamespace(a=1, b="x", c=3)
"#,
        expect![[r#"
            ([{'a': 1}, {'a': 2}], ('a', 'c'), 5, 3, 12, 'A')
            (True, True, True, True, 5, {'a': 1, 'b': 2}, 0.5)
            ([1, 3], [1, 2], 'A', [1, 3])
            (1, 2, 3.0, 1.0, 2.0, 3.0, 6, -1, 2.0, 8.0, True, 6, True, inf, 120, 5.0, 12, 10, 2.0, -1.0, 3.0, 1.0, 4, 6.283185307179586, (0.5, 1.0), 1.0, 3.141592653589793)
            (namespace(a=1, b='x', c=3), 1, {'a': 1, 'b': 'x', 'c': 3}, 1, True)
        "#]],
    );
}
