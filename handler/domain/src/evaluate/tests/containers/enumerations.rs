use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn enumerations_are_as_in_python() {
    check(
        r#"
from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum
C = Enum("C", "RED GREEN")
out = C.RED, C.GREEN.value, C["RED"], C(2), [c.name for c in C], len(C), C.RED is C.RED, C.RED == C.RED, C.RED in C
D = Enum("D", {"A": "x", "B": "y"})
out2 = D.A.value, list(D), D("y")
class S(str, Enum):
    A = "a"
    B = "b"
    @classmethod
    def default(cls):
        return cls.A
    @property
    def pretty(self):
        return self.value.title()
    def __str__(self):
        return self.value
out3 = S.A == "a", f"{S.A}", str(S.B), S.default(), S.A.pretty, S.A.upper(), S("b").name, repr(S.A), {S.A: 1}["a"], "x" + S.A, S.A.value, "%s" % S.A
class P(str, Enum):
    A = "a"
out4 = f"{P.A}", str(P.A), "{}".format(P.A), P.A + "x", [P.A], "-".join([P.A])
class I(IntEnum):
    ONE = 1
    TWO = auto()
out5 = I.TWO + 1, I.TWO > I.ONE, f"{I.ONE}", str(I.ONE), sorted([I.TWO, I.ONE]), int(I.TWO), I(2)
class T(StrEnum):
    AB = auto()
out6 = T.AB, f"{T.AB}"
class W(Enum):
    X = (1, "one")
    Y = (2, "two")
    def __init__(self, num, label):
        self.num = num
        self.label = label
out7 = W.X.num, W.Y.label, W.X.value, W((2, "two"))
try:
    S("zz")
except ValueError as e:
    out8 = str(e)
class Fl(Flag):
    A = auto()
    B = auto()
    C = auto()
out9 = Fl.A | Fl.B, (Fl.A | Fl.B).value, Fl.A in (Fl.A | Fl.B), Fl.C.value, bool(Fl.A & Fl.B)
class M(Enum):
    A = 1
    B = 1
    @classmethod
    def _missing_(cls, value):
        return cls.A
try:
    W.Z
except AttributeError as e:
    out12 = str(e)
try:
    S.A = 3
except AttributeError as e:
    out13 = str(e)
"#,
        expect![[r#"
            (<C.RED: 1>, 2, <C.RED: 1>, <C.GREEN: 2>, ['RED', 'GREEN'], 2, True, True, True)
            ('x', [<D.A: 'x'>, <D.B: 'y'>], <D.B: 'y'>)
            (True, 'a', 'b', <S.A: 'a'>, 'A', 'A', 'B', "<S.A: 'a'>", 1, 'xa', 'a', 'a')
            ('P.A', 'P.A', 'P.A', 'ax', [<P.A: 'a'>], 'a')
            (3, True, '1', '1', [<I.ONE: 1>, <I.TWO: 2>], 2, <I.TWO: 2>)
            (<T.AB: 'ab'>, 'ab')
            (1, 'two', (1, 'one'), <W.Y: (2, 'two')>)
            "'zz' is not a valid S"
            (<Fl.A|B: 3>, 3, True, 4, False)
            'Z'
            "cannot reassign member 'A'"
        "#]],
    );
}

#[test]
fn a_class_with_a_builtin_above_it_has_the_names_of_both_and_no_other() {
    check(
        r#"
from enum import Enum, IntEnum, StrEnum
class S(str, Enum):
    A = "a"
class I(IntEnum):
    ONE = 1
class T(StrEnum):
    A = "a"
class D(dict):
    pass
out = hasattr(S, "A"), hasattr(S, "B"), hasattr(S, "upper"), getattr(S, "B", 1), S.upper("x")
out2 = hasattr(I, "TWO"), hasattr(I, "bit_length"), hasattr(I, "upper"), getattr(I, "ONE", 2).value
out3 = hasattr(T, "B"), hasattr(T, "upper"), hasattr(D, "items"), hasattr(D, "rows")
"#,
        expect![[r#"
            (True, False, True, 1, 'X')
            (False, True, False, 1)
            (False, True, True, False)
        "#]],
    );
}
