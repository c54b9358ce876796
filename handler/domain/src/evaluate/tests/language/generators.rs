use expect_test::expect;

use super::check;

#[test]
fn generators_are_as_in_python() {
    check(
        r#"
def g():
    x = 1
    while True:
        yield x
        x *= 2
        if x > 20: return
out = list(g()), next(g()), [a for a, _ in zip(g(), "abc")]
it = iter([1, 2, 3])
out2 = next(it), list(it), list(it), next(it, None)
ge = (i * i for i in range(4))
out3 = next(ge), 4 in ge, list(ge), list(ge)
z = zip([1, 2], "ab")
out4 = list(z), list(z)
m = map(str, [1, 2])
out5 = list(m), list(m), list(filter(None, [0, 1, "", "a"])), list(map(lambda a, b: a + b, [1, 2], [3, 4]))
def sub():
    yield from [1, 2]
    r = yield from inner()
    yield r
def inner():
    yield 3
    return 4
e = enumerate("ab", 1)
out7 = next(e), list(e), list(reversed([1, 2])), dict(enumerate("a"))
out8 = sorted({"b": 1, "a": 2}), sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]), max({"a": 1, "b": 3}.items(), key=lambda x: x[1])[0], min(3, 1, 2), max("ab", "abc", key=len), sum([[1], [2]], []), max([], default=0)
it = iter("abc")
for ch in it:
    if ch == "a": break
out10 = list(it)
def lazy():
    log.append("start")
    yield 1
    log.append("more")
    yield 2
log = []
gg = lazy()
"#,
        expect![[r#"
            ([1, 2, 4, 8, 16], 1, [1, 2, 4])
            (1, [2, 3], [], None)
            (0, True, [9], [])
            ([(1, 'a'), (2, 'b')], [])
            (['1', '2'], [], [1, 'a'], [4, 6])
            ((1, 'a'), [(2, 'b')], [2, 1], {0: 'a'})
            (['a', 'b'], [('b', 1), ('a', 2)], 'b', 1, 'abc', [1, 2], 0)
            ['b', 'c']
        "#]],
    );
}
