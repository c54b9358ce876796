use expect_test::expect;

use super::check;

#[test]
fn functools_are_as_in_python() {
    check(
        r#"
import functools
from functools import partial, reduce, lru_cache, cached_property, wraps, singledispatch, total_ordering, partialmethod, cache
f = partial(int, base=2)
out = f("101"), partial(pow, 2)(3), f.func is int, f.keywords, partial(max, 1).args
out2 = reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a + b, [], 0)
@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
out3 = fib(20)
class A:
    n = 0
    @cached_property
    def x(self):
        A.n += 1
        return A.n
    def f(self, a, b):
        return a, b
    g = partialmethod(f, 1)
a = A()
out4 = a.x, a.x, a.g(2)
def deco(fn):
    @wraps(fn)
    def inner(*args, **kw):
        "inner doc"
        return fn(*args, **kw)
    return inner
@deco
def named():
    "doc"
    return 1
out5 = named.__name__, named.__doc__, named(), named.__wrapped__()
@singledispatch
def show(x):
    return "any"
@show.register
def _(x: int):
    return "int"
@show.register(str)
def _(x):
    return "str"
out6 = show(1), show("a"), show([])
@total_ordering
class O:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
out7 = O(1) <= O(2), O(1) >= O(2), O(1) > O(2), max([O(1), O(3), O(2)]).n
"#,
        expect![[r#"
            (5, 8, True, {'base': 2}, (1,))
            (6, 0)
            6765
            (1, 1, (1, 2))
            ('named', 'doc', 1, 1)
            ('int', 'str', 'any')
            (True, False, False, 3)
        "#]],
    );
}
