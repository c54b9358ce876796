//! Instances of models and their like as defaults. Source of what is expected: pydantic 2.13.4 on Python 3.11.

use expect_test::expect;

use super::defaults;

#[test]
fn instances_are_what_pydantic_makes_of_them() {
    let classes = "
from dataclasses import dataclass, field
from typing import NamedTuple
from pydantic import BaseModel, Field
class M(BaseModel):
    a: int
    b: float = 1
    c: list[int] = Field(default_factory=list)
    d: str = Field('x', ge=1)
class L(BaseModel):
    a: int = Field(alias='b')
@dataclass
class D:
    a: int
    b: list = field(default_factory=list)
class N(NamedTuple):
    a: int
    b: M = M(a=2)
class Plain:
    pass
";
    defaults::check(
        classes,
        &[
            "M(a=1)",
            "M(a='1')",
            "M()",
            "M(1)",
            "M(a=1, z=2)",
            "L(b=1)",
            "D(1)",
            "D(a=1, b=[2])",
            "N(1)",
            "Plain()",
        ],
        expect![[r#"
            M(a=1) -> {"a":1,"b":1.0,"c":[],"d":"x"}
            M(a='1') -> {"a":1,"b":1.0,"c":[],"d":"x"}
            M() -> ?
            M(1) -> ?
            M(a=1, z=2) -> {"a":1,"b":1.0,"c":[],"d":"x"}
            L(b=1) -> {"b":1}
            D(1) -> {"a":1,"b":[]}
            D(a=1, b=[2]) -> {"a":1,"b":[2]}
            N(1) -> [1,{"a":2,"b":1.0,"c":[],"d":"x"}]
            Plain() -> -
        "#]],
    );
}

#[test]
fn a_model_is_shown_under_its_aliases() {
    let classes = "
from typing import ClassVar
from pydantic import BaseModel, ConfigDict, Field
class A(BaseModel):
    a: int = Field(1, alias='aA')
    b: int = Field(2, serialization_alias='bB')
    d: int = Field(2, validation_alias='dD')
class P(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    a: int = Field(1, alias='aA')
class E(BaseModel, extra='allow'):
    a: int
class F(BaseModel, extra='forbid'):
    a: int
class G(BaseModel):
    model_config = ConfigDict(alias_generator=str.upper)
    a: int
";
    defaults::check(
        classes,
        &[
            "A(aA=5, dD=6)",
            "A(a=5)",
            "P(a=5)",
            "P(aA=5)",
            "E(a=1, z=2)",
            "F(a=1, z=2)",
            "F(a=1)",
            "G(A=1)",
        ],
        expect![[r#"
            A(aA=5, dD=6) -> {"aA":5,"bB":2,"d":6}
            A(a=5) -> {"aA":1,"bB":2,"d":2}
            P(a=5) -> {"aA":5}
            P(aA=5) -> {"aA":5}
            E(a=1, z=2) -> {"a":1,"z":2}
            F(a=1, z=2) -> ?
            F(a=1) -> {"a":1}
            G(A=1) -> {"A":1}
        "#]],
    );
}

#[test]
fn what_belongs_to_the_class_is_no_field() {
    let classes = "
import typing
from dataclasses import dataclass
from typing import ClassVar
from pydantic import BaseModel
class M(BaseModel):
    a: int
    b: ClassVar = 3
    c: 'ClassVar[int]' = 3
    d: typing.ClassVar[int] = 3
@dataclass
class D:
    a: int
    b: 'typing.ClassVar[int]' = 3
";
    defaults::check(
        classes,
        &["M(a=5)", "D(5)"],
        expect![[r#"
        M(a=5) -> {"a":5}
        D(5) -> {"a":5}
    "#]],
    );
}

#[test]
fn a_value_that_pydantic_would_change_is_not_shown_as_it_is_given() {
    let classes = "
from datetime import timedelta
from typing import Annotated, List, Optional, Union
from pydantic import AfterValidator, BaseModel, HttpUrl, RootModel, SecretStr, StringConstraints
class P(BaseModel):
    n: int = 1
class S(P):
    m: int = 2
class Tags(RootModel[List[str]]):
    pass
class M(BaseModel):
    n: Optional[int] = None
    b: bool | None = None
    l: List[int] = []
    u: Union[int, str] = 1
    p: Optional[P] = None
    t: Optional[timedelta] = None
    w: Path = Path('a')
    h: Optional[HttpUrl] = None
    s: Optional[SecretStr] = None
    a: Annotated[str, AfterValidator(str.upper)] = 'a'
    c: Annotated[str, StringConstraints(to_lower=True)] = 'c'
";
    defaults::check(
        classes,
        &[
            "M(n='3')",
            "M(b=1)",
            "M(l=['1'])",
            "M(u=True)",
            "M(p={})",
            "M(p=S())",
            "M(t=1)",
            "M(w='a//b')",
            "M(h='https://x.com/a b')",
            "M(a='b')",
            "M(c='C')",
            "Tags([1])",
            "Tags(['a'], ['b'])",
        ],
        expect![[r#"
            M(n='3') -> {"n":3,"b":null,"l":[],"u":1,"p":null,"t":null,"w":"a","h":null,"s":null,"a":"a","c":"c"}
            M(b=1) -> {"n":null,"b":true,"l":[],"u":1,"p":null,"t":null,"w":"a","h":null,"s":null,"a":"a","c":"c"}
            M(l=['1']) -> {"n":null,"b":null,"l":[1],"u":1,"p":null,"t":null,"w":"a","h":null,"s":null,"a":"a","c":"c"}
            M(u=True) -> {"n":null,"b":null,"l":[],"u":1,"p":null,"t":null,"w":"a","h":null,"s":null,"a":"a","c":"c"}
            M(p={}) -> {"n":null,"b":null,"l":[],"u":1,"p":{"n":1},"t":null,"w":"a","h":null,"s":null,"a":"a","c":"c"}
            M(p=S()) -> ?
            M(t=1) -> {"n":null,"b":null,"l":[],"u":1,"p":null,"t":"PT1S","w":"a","h":null,"s":null,"a":"a","c":"c"}
            M(w='a//b') -> {"n":null,"b":null,"l":[],"u":1,"p":null,"t":null,"w":"a/b","h":null,"s":null,"a":"a","c":"c"}
            M(h='https://x.com/a b') -> ?
            M(a='b') -> ?
            M(c='C') -> {"n":null,"b":null,"l":[],"u":1,"p":null,"t":null,"w":"a","h":null,"s":null,"a":"a","c":"c"}
            Tags([1]) -> ?
            Tags(['a'], ['b']) -> ?
        "#]],
    );
}

#[test]
fn a_secret_of_a_model_is_never_shown() {
    let classes = "
from typing import Dict, List, Optional
from pydantic import BaseModel, SecretStr
class M(BaseModel):
    one: Optional[SecretStr] = None
    all: List[SecretStr] = []
    named: Dict[str, SecretStr] = {}
class D(BaseModel):
    one: SecretStr = 'hidden'
";
    defaults::check(
        classes,
        &["M(one='hidden', all=['hidden'], named={'a': 'hidden'})", "D()"],
        expect![[r#"
            M(one='hidden', all=['hidden'], named={'a': 'hidden'}) -> {"one":"**********","all":["**********"],"named":{"a":"**********"}}
            D() -> ?
        "#]],
    );
}
