use expect_test::expect;

use super::check;

#[test]
fn sets_are_as_in_python() {
    check(
        r#"
d = {"a": 1, "b": 2}
out = d.keys() & {"a", "z"}, d.keys() - {"a"}, sorted(d.keys() | {"q"}), "a" in d.keys(), 1 in d.values(), ("a", 1) in d.items(), list(d.items()), len(d.keys()), d.keys() == {"a", "b"}
s = {1, 2, 3}
out2 = s & {2}, s | {4}, s - {1}, s ^ {3, 4}, s <= {1, 2, 3, 4}, s < s, s >= {1}, s == {3, 2, 1}, {1}.issubset(s), s.isdisjoint({9}), frozenset([1]), frozenset({1}) == {1}, set("aab") == {"a", "b"}
s |= {5}
s.add(6)
s.discard(99)
s -= {1}
out3 = s, len(s), sorted(s, reverse=True), {frozenset([1, 2]): "f"}[frozenset([2, 1])]
d.update(c=3)
d.update({"d": 4}, e=5)
d |= {"f": 6}
out4 = d, d.pop("f"), d.pop("zz", None), d.setdefault("g", []), d.popitem(), list(d), list(reversed(d)), dict(a=1, **{"b": 2}), dict([("x", 1)]), dict(zip("ab", [1, 2])), {**d, "a": 0}, d | {"a": 9}, dict.fromkeys(["p", "q"], 0), d.copy() is d
k = d.keys()
d["new"] = 1
l = [3, 1, 2]
l.sort(reverse=True)
l.insert(0, 9)
l.extend((7, 8))
l.remove(1)
out6 = l, l.pop(0), l.index(2), l.count(7), l.copy(), l.reverse(), l, sorted(l, key=lambda x: -x), [1, 2, 3].index(3), (1, 2, 2).count(2), l.pop(), l.clear(), l
x = [1]
x += (2,)
x *= 2
y = (1, 2) + (3,)
out7 = x, y, y[1:], (1, 2) * 2, [1, [2, [3]]], [None] * 2, [[0] * 2 for _ in range(2)], x == [1, 2, 1, 2], [1, 2] < [1, 3], x.__len__(), [1, 2].__contains__(1)
a = [1, 2]
a.append(a)
out8 = a, len(a), a == a
dd = {}
dd["self"] = dd
out9 = dd
out10 = 1 in {1.0: "a"}, {1: "a", True: "b", 1.0: "c"}, {(1, 2): 3}[1, 2], {None: 1}[None], len({1, 1.0, True})
out11 = isinstance(1, (int, str)), isinstance("a", str), isinstance([], (list, tuple)), isinstance(True, int), isinstance(1.0, int), isinstance({}, dict), type(1) is int, type("a") == str, type([]).__name__, issubclass(bool, int), callable(len), isinstance(None, type(None)), type(None), type(1), int, dict, isinstance(lambda: 0, object), isinstance(3, object)
"#,
        expect![[r#"
            ({'a'}, {'b'}, ['a', 'b', 'q'], True, True, True, [('a', 1), ('b', 2)], 2, True)
            ({2}, {1, 2, 3, 4}, {2, 3}, {1, 2, 4}, True, False, True, True, True, True, frozenset({1}), True, True)
            ({2, 3, 5, 6}, 4, [6, 5, 3, 2], 'f')
            ({'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'new': 1}, 6, None, [], ('g', []), ['a', 'b', 'c', 'd', 'e'], ['e', 'd', 'c', 'b', 'a'], {'a': 1, 'b': 2}, {'x': 1}, {'a': 1, 'b': 2}, {'a': 0, 'b': 2, 'c': 3, 'd': 4, 'e': 5}, {'a': 9, 'b': 2, 'c': 3, 'd': 4, 'e': 5}, {'p': 0, 'q': 0}, False)
            ([], 9, 1, 1, [3, 2, 7, 8], None, [], [8, 7, 3, 2], 2, 2, 3, None, [])
            ([1, 2, 1, 2], (1, 2, 3), (2, 3), (1, 2, 1, 2), [1, [2, [3]]], [None, None], [[0, 0], [0, 0]], True, True, 4, True)
            ([1, 2, [...]], 3, True)
            {'self': {...}}
            (True, {1: 'c'}, 3, 1, 1)
            (True, True, True, True, False, True, True, True, 'list', True, True, True, <class 'NoneType'>, <class 'int'>, <class 'int'>, <class 'dict'>, True, True)
        "#]],
    );
}
