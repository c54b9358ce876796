use expect_test::expect;

use super::check;

#[test]
fn itertools_are_as_in_python() {
    check(
        r#"
import itertools as it
from itertools import chain, product
out = list(chain([1], (2,), "a")), list(chain.from_iterable([[1], [2, 3]])), list(product("ab", [1, 2])), list(product([0, 1], repeat=2))
out2 = list(it.zip_longest([1, 2], "a", fillvalue="-")), list(it.islice([1, 2, 3, 4], 2)), list(it.islice([1, 2, 3, 4, 5], 1, 4, 2)), list(it.islice(it.count(5, 2), 3))
out3 = list(it.repeat("x", 2)), [(k, list(g)) for k, g in it.groupby(["a1", "a2", "b1"], key=lambda s: s[0])], list(it.combinations([1, 2, 3], 2)), list(it.permutations("abc", 2))
out4 = list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], lambda a, b: a * b, initial=1)), list(it.starmap(pow, [(2, 3), (3, 2)]))
out5 = list(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.filterfalse(lambda x: x % 2, range(4))), list(it.compress("abc", [1, 0, 1]))
out6 = list(zip(it.count(), "ab")), list(zip("abc", it.cycle([1, 2]))), list(it.pairwise([1, 2, 3])), list(it.combinations_with_replacement("ab", 2))
a, b = it.tee([1, 2])
out7 = list(a), list(b), next(it.count(3)), list(zip("ab", it.repeat(0)))
for i, x in zip(it.count(1), ["p", "q"]):
    pass
out8 = i, x
"#,
        expect![[r#"
            ([1, 2, 'a'], [1, 2, 3], [('a', 1), ('a', 2), ('b', 1), ('b', 2)], [(0, 0), (0, 1), (1, 0), (1, 1)])
            ([(1, 'a'), (2, '-')], [1, 2], [2, 4], [5, 7, 9])
            (['x', 'x'], [('a', ['a1', 'a2']), ('b', ['b1'])], [(1, 2), (1, 3), (2, 3)], [('a', 'b'), ('a', 'c'), ('b', 'a'), ('b', 'c'), ('c', 'a'), ('c', 'b')])
            ([1, 3, 6], [1, 1, 2, 6], [8, 9])
            ([1, 2], [3, 1], [0, 2], ['a', 'c'])
            ([(0, 'a'), (1, 'b')], [('a', 1), ('b', 2), ('c', 1)], [(1, 2), (2, 3)], [('a', 'a'), ('a', 'b'), ('b', 'b')])
            ([1, 2], [1, 2], 3, [('a', 0), ('b', 0)])
            (2, 'q')
        "#]],
    );
}
