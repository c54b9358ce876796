use expect_test::expect;

use super::check;

#[test]
fn collections_are_as_in_python() {
    check(
        r#"
from collections import namedtuple, defaultdict, OrderedDict, Counter, ChainMap, deque
P = namedtuple("P", "x y")
p = P(1, y=2)
out = p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, list(p), p == (1, 2), isinstance(p, tuple)
Q = namedtuple("Q", ["a", "b"], defaults=[9])
out2 = Q(1), Q._make([3, 4])
class R(namedtuple("R", "u,v")):
    def total(self):
        return self.u + self.v
out3 = R(1, 2).total(), R(1, 2)
d = defaultdict(list)
d["a"].append(1)
d["a"].append(2)
d["b"]
out4 = d, dict(d), "c" in d, d.get("c"), len(d)
n = defaultdict(lambda: defaultdict(int))
n["x"]["y"] += 3
out5 = n["x"]["y"], n["q"]["r"]
o = OrderedDict([("a", 1), ("b", 2)])
o.move_to_end("a")
c = Counter("abracadabra")
out7 = c.most_common(2), c["a"], c["zz"], c, sum(c.values()), Counter(a=1) + Counter(a=2, b=1), c.total()
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
out8 = m["a"], m["b"], dict(m), m.get("c", 0), "b" in m
q = deque([1, 2, 3], maxlen=3)
q.append(4)
q.appendleft(0)
q.extend([7, 8, 9])
q.rotate(1)
c.update("aaa")
c.subtract(["b"])
out11 = c["a"], c["b"], sorted(c.elements())[:3]
"#,
        expect![[r#"
            (P(x=1, y=2), 1, 2, {'x': 1, 'y': 2}, P(x=5, y=2), ('x', 'y'), [1, 2], True, True)
            (Q(a=1, b=9), Q(a=3, b=4))
            (3, R(u=1, v=2))
            (defaultdict(<class 'list'>, {'a': [1, 2], 'b': []}), {'a': [1, 2], 'b': []}, False, None, 2)
            (3, 0)
            ([('a', 5), ('b', 2)], 5, 0, Counter({'a': 8, 'r': 2, 'b': 1, 'c': 1, 'd': 1}), 11, Counter({'a': 3, 'b': 1}), 11)
            (1, 3, {'a': 1, 'b': 3}, 0, True)
            (8, 1, ['a', 'a', 'a'])
        "#]],
    );
}

#[test]
fn sets_change_in_place_and_bytes_have_the_methods_of_texts() {
    check(
        r#"
a, b, c = {1, 2, 3}, {1, 2, 3}, {1, 2}
same = a
a.difference_update([1], [2])
b.intersection_update([2, 3], [3])
c.symmetric_difference_update([2, 5])
out = a, same is a, b, sorted(c)
d = b"a/b/c"
out2 = d.rpartition(b"/"), d.rindex(b"/"), d.capitalize(), d.center(7, b"-"), b"7".zfill(3), b"A".swapcase()
out3 = b" ".isspace(), b"A".isupper(), b"Ab".istitle(), b"\xff".isascii(), b"a\tb".expandtabs(2)
"#,
        expect![[r#"
            ({3}, True, {3}, [1, 5])
            ((b'a/b', b'/', b'c'), 3, b'A/b/c', b'-a/b/c-', b'007', b'a')
            (True, True, True, False, b'a b')
        "#]],
    );
}

#[test]
fn a_set_that_is_changed_by_what_is_not_known_is_not_known() {
    check(
        r#"
import mycorp
a = {1, 2}
a.difference_update(mycorp.NAMES)
b = {1, 2}
b.update(mycorp.NAMES)
out = sorted(a)
out2 = sorted(b)
out3 = ",".join(str(it) for it in a)
"#,
        expect![[r#"
            unknown: mycorp.NAMES
            unknown: mycorp.NAMES
            unknown: mycorp.NAMES
        "#]],
    );
}
