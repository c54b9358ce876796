use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn pydantic_are_as_in_python() {
    check(
        r#"
from pydantic import BaseModel, Field, field_validator, model_validator, ConfigDict, ValidationError, computed_field
from typing import Optional, List, Dict, Any, Literal
from enum import Enum
class Stage(str, Enum):
    A = "a"
class Inner(BaseModel):
    n: int = 1
class M(BaseModel):
    name: str
    tags: List[str] = []
    inner: Inner = Inner()
    inners: List[Inner] = Field(default_factory=list)
    opt: Optional[int] = None
    stage: Stage = Stage.A
    d: Dict[str, Inner] = {}
    al: int = Field(5, alias="Al")
m = M(name="x", inners=[{"n": 2}], d={"k": {"n": 3}}, Al=6)
out = m.name, m.inner.n, m.inners[0].n, m.d["k"].n, m.al, m.model_dump(), m.stage
out2 = m, str(Inner()), repr(Inner(n=2)), m == m.model_copy(), m.model_copy(update={"name": "z"}).name, M.model_validate({"name": "q"}).name, m.model_dump(exclude_none=True, exclude={"inners", "d"}), m.model_dump_json(), list(M.model_fields)
class N(BaseModel):
    a: int
    b: str = "x"
    @field_validator("a")
    @classmethod
    def pos(cls, v):
        if v < 0: raise ValueError("neg")
        return v
    @property
    def c(self): return f"{self.a}{self.b}"
    def meth(self): return self.a + 1
out3 = N(a="5").a, N(a=1).c, N(a=1).meth(), N(**{"a": 2, "b": "y"}).model_dump(), N.model_validate_json('{"a": 3}').a, [x for x in N(a=1)], dict(N(a=4)), N(a=1).dict() if False else 0, N.__name__
try:
    N(b="x")
except ValidationError as e:
    out4 = "invalid"
try:
    N(a="zz")
except ValueError as e:
    out5 = "invalid"
try:
    N(a=-1)
except ValueError as e:
    out6 = "neg"
class P(M):
    extra_field: int = 3
    model_config = ConfigDict(frozen=True)
out8 = P(name="p").extra_field, isinstance(P(name="p"), M)
m.name = "changed"
out9 = m.name
"#,
        expect![[r#"
            ('x', 1, 2, 3, 6, {'name': 'x', 'tags': [], 'inner': {'n': 1}, 'inners': [{'n': 2}], 'opt': None, 'stage': <Stage.A: 'a'>, 'd': {'k': {'n': 3}}, 'al': 6}, <Stage.A: 'a'>)
            (M(name='changed', tags=[], inner=Inner(n=1), inners=[Inner(n=2)], opt=None, stage=<Stage.A: 'a'>, d={'k': Inner(n=3)}, al=6), 'n=1', 'Inner(n=2)', True, 'z', 'q', {'name': 'x', 'tags': [], 'inner': {'n': 1}, 'stage': <Stage.A: 'a'>, 'al': 6}, '{"name":"x","tags":[],"inner":{"n":1},"inners":[{"n":2}],"opt":null,"stage":"a","d":{"k":{"n":3}},"al":6}', ['name', 'tags', 'inner', 'inners', 'opt', 'stage', 'd', 'al'])
            (5, '1x', 2, {'a': 2, 'b': 'y'}, 3, [('a', 1), ('b', 'x')], {'a': 4, 'b': 'x'}, 0, 'N')
            'invalid'
            'invalid'
            'neg'
            (3, True)
            'changed'
        "#]],
    );
}
