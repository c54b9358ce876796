use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn dataclasses_are_as_in_python() {
    check(
        r#"
from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass, FrozenInstanceError, KW_ONLY, InitVar
from typing import ClassVar, Optional
@dataclass
class In:
    v: int = 1
@dataclass
class A:
    name: str
    tags: list = field(default_factory=list)
    inner: In = field(default_factory=In)
    n: ClassVar[int] = 5
    hidden: int = field(default=3, repr=False)
    made: str = field(init=False, default="m")
a = A("x", ["t"])
out = a, asdict(a), astuple(a), replace(a, name="y"), [f.name for f in fields(A)], is_dataclass(a), is_dataclass(A), A.n
@dataclass(frozen=True, order=True)
class F:
    a: int
    b: str = "q"
f = F(1)
try:
    f.a = 2
except FrozenInstanceError as e:
    out3 = str(e)
@dataclass
class G(A):
    extra: Optional[int] = None
    def __post_init__(self):
        self.made = self.name.upper()
out5 = G("n", extra=2)
try:
    A()
except TypeError as e:
    out6 = str(e)
try:
    A("a", [], In(), 1, 2, 3)
except TypeError as e:
    out7 = str(e)
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 2
@dataclass
class L:
    x: int
    _: KW_ONLY
    y: int = 0
    z: InitVar[int] = 4
    def __post_init__(self, z):
        self.y += z
out8 = K(a=1), L(1, y=2)
try:
    K(1)
except TypeError as e:
    out9 = str(e)
@dataclass(eq=False)
class N:
    a: int
out10 = N(1) == N(1)
@dataclass
class Outer:
    @dataclass
    class Inner:
        x: int = 1
    i: "Outer.Inner" = field(default_factory=lambda: Outer.Inner())
out11 = Outer()
@dataclass
class S:
    a: int
    def __str__(self): return f"S{self.a}"
out12 = str(S(1)), repr(S(1)), f"{S(2)}", [S(3)]
"#,
        expect![[r#"
            (A(name='x', tags=['t'], inner=In(v=1), made='m'), {'name': 'x', 'tags': ['t'], 'inner': {'v': 1}, 'hidden': 3, 'made': 'm'}, ('x', ['t'], (1,), 3, 'm'), A(name='y', tags=['t'], inner=In(v=1), made='m'), ['name', 'tags', 'inner', 'hidden', 'made'], True, True, 5)
            "cannot assign to field 'a'"
            G(name='n', tags=[], inner=In(v=1), made='N', extra=2)
            "A.__init__() missing 1 required positional argument: 'name'"
            'A.__init__() takes from 2 to 5 positional arguments but 7 were given'
            (K(a=1, b=2), L(x=1, y=6))
            'K.__init__() takes 1 positional argument but 2 were given'
            False
            Outer(i=Outer.Inner(x=1))
            ('S1', 'S(a=1)', 'S2', [S(a=3)])
        "#]],
    );
}
