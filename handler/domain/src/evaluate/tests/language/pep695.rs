use expect_test::expect;

use super::check;

#[test]
fn pep695_are_as_in_python() {
    check(
        r#"
from typing import Callable, TypeVar, Generic, NamedTuple, TypedDict, Protocol, NewType, Optional, Literal, Union
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
out = Box[int](3).v, Box("a").v
class Pt(NamedTuple):
    x: int
    y: int = 2
    def s(self): return self.x + self.y
out2 = Pt(1), Pt(1).s(), Pt(3, 4)[1], Pt(1)._replace(x=9), Pt(1) == (1, 2), tuple(Pt(1)), len(Pt(1)), [*Pt(5)]
class TD(TypedDict, total=False):
    a: int
out3 = TD(a=1), TD(), NewType("X", int)(3)
P2 = NamedTuple("P2", [("a", int), ("b", str)])
out4 = P2(1, "x")
T2 = TypedDict("T2", {"a": int})
out5 = T2(a=3)
Alias = Optional[str]
def f(x: Optional["Box"] = None, y: Literal["a"] = "a") -> Union[int, None]: return y
X = list[int] | None
"#,
        expect![[r#"
            (3, 'a')
            (Pt(x=1, y=2), 3, 4, Pt(x=9, y=2), True, (1, 2), 2, [5, 2])
            ({'a': 1}, {}, 3)
            P2(a=1, b='x')
            {'a': 3}
        "#]],
    );
}
