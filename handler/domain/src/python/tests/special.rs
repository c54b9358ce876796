//! Types that pydantic treats in a way of their own.

use expect_test::expect;

use super::types::check;

const HEAD: &str = "
import collections, datetime, decimal, enum, logging, pydantic, dataclasses
from pydantic import AliasChoices, BaseModel, ConfigDict, Discriminator, JsonValue, PlainValidator, RootModel, WithJsonSchema, field_validator
from pydantic.alias_generators import to_camel
from pydantic.dataclasses import dataclass as checked
from typing import *
from typing_extensions import TypeAliasType
";

#[test]
fn a_union_leaves_out_what_has_no_schema() {
    let types = [
        "Callable",
        "List[Callable]",
        "Optional[Callable]",
        "Union[Callable, int]",
        "Type[int] | None",
        "Collection[int]",
        "List[logging.Logger]",
    ];
    check(
        HEAD,
        &types,
        expect![[r#"
            {}
            {}
            {}
            {"type":"integer"}
            {"anyOf":[{},{"type":"null"}]}
            {}
            {"items":{},"type":"array"}
        "#]],
    );
}

#[test]
fn literals_of_literals_are_flat() {
    let head = [HEAD, "A = Literal['a', 'b']\n"].concat();
    let types = ["Literal[A, 'b', 'c']", "Literal[Literal[1], 2]", "Literal[None]", "Tuple[()]"];
    check(
        &head,
        &types,
        expect![[r#"
        {"enum":["a","b","c"],"type":"string"}
        {"enum":[1,2],"type":"integer"}
        {"const":null,"type":"null"}
        {"maxItems":0,"minItems":0,"type":"array"}
    "#]],
    );
}

#[test]
fn a_model_with_a_root_is_that_root() {
    let models = "
class Ids(RootModel[List[int]]):
    '''Some.'''
class Text(RootModel):
    root: str = 'x'
class Item(BaseModel):
    ids: Ids
";
    check(
        &[HEAD, models].concat(),
        &["Ids", "Text", "Item", "RootModel[int]"],
        expect![[r##"
        {"$ref":"#/definitions/Ids"} with {"Ids":{"description":"Some.","items":{"type":"integer"},"title":"Ids","type":"array"}}
        {"$ref":"#/definitions/Text"} with {"Text":{"default":"x","title":"Text","type":"string"}}
        {"$ref":"#/definitions/Item"} with {"Ids":{"description":"Some.","items":{"type":"integer"},"title":"Ids","type":"array"},"Item":{"properties":{"ids":{"$ref":"#/definitions/Ids"}},"required":["ids"],"title":"Item","type":"object"}}
        {"$ref":"#/definitions/RootModel_int_"} with {"RootModel_int_":{"type":"integer","title":"RootModel[int]"}}
    "##]],
    );
}

#[test]
fn unions_that_a_field_tells_apart_say_which() {
    let models = "
class Cat(BaseModel):
    kind: Literal['cat']
class Dog(BaseModel):
    kind: Literal['dog', 'wolf'] = 'dog'
Pet = Annotated[Union[Cat, Dog], Field(discriminator='kind')]
class Owner(BaseModel):
    pet: Optional[Union[Cat, Dog]] = Field(None, discriminator='kind')
";
    let types = ["Pet", "Owner", "Annotated[Union[Cat, Dog], Discriminator(len)]"];
    check(
        &[HEAD, models].concat(),
        &types,
        expect![[r##"
        {"discriminator":{"mapping":{"cat":"#/definitions/Cat","dog":"#/definitions/Dog","wolf":"#/definitions/Dog"},"propertyName":"kind"},"oneOf":[{"$ref":"#/definitions/Cat"},{"$ref":"#/definitions/Dog"}]} with {"Cat":{"properties":{"kind":{"const":"cat","title":"Kind","type":"string"}},"required":["kind"],"title":"Cat","type":"object"},"Dog":{"properties":{"kind":{"default":"dog","enum":["dog","wolf"],"title":"Kind","type":"string"}},"title":"Dog","type":"object"}}
        {"$ref":"#/definitions/Owner"} with {"Cat":{"properties":{"kind":{"const":"cat","title":"Kind","type":"string"}},"required":["kind"],"title":"Cat","type":"object"},"Dog":{"properties":{"kind":{"default":"dog","enum":["dog","wolf"],"title":"Kind","type":"string"}},"title":"Dog","type":"object"},"Owner":{"properties":{"pet":{"anyOf":[{"discriminator":{"mapping":{"cat":"#/definitions/Cat","dog":"#/definitions/Dog","wolf":"#/definitions/Dog"},"propertyName":"kind"},"oneOf":[{"$ref":"#/definitions/Cat"},{"$ref":"#/definitions/Dog"}]},{"type":"null"}],"default":null,"title":"Pet"}},"title":"Owner","type":"object"}}
        {"oneOf":[{"$ref":"#/definitions/Cat"},{"$ref":"#/definitions/Dog"}]} with {"Cat":{"properties":{"kind":{"const":"cat","title":"Kind","type":"string"}},"required":["kind"],"title":"Cat","type":"object"},"Dog":{"properties":{"kind":{"default":"dog","enum":["dog","wolf"],"title":"Kind","type":"string"}},"title":"Dog","type":"object"}}
    "##]],
    );
}

#[test]
fn what_annotated_says_besides_limits() {
    let types = [
        "Annotated[int, Field(description='no', json_schema_extra={'x': 1}, deprecated=True)]",
        "List[Annotated[int, Field(description='yes', title='T')]]",
        "Annotated[int, WithJsonSchema({'type': 'string'})]",
        "Annotated[int, PlainValidator(len)]",
    ];
    check(
        HEAD,
        &types,
        expect![[r#"
        {"deprecated":true,"type":"integer","x":1}
        {"items":{"description":"yes","title":"T","type":"integer"},"type":"array"}
        {"type":"string"}
        {}
    "#]],
    );
}

#[test]
fn settings_of_a_model_are_read_wherever_they_stand() {
    let models = "
class A(BaseModel):
    model_config = {'extra': 'forbid', 'json_schema_extra': {'example': 1}}
class B(BaseModel):
    class Config:
        extra = 'allow'
        title = 'Bee'
SHARED = ConfigDict(alias_generator=to_camel, use_attribute_docstrings=True)
class C(BaseModel):
    model_config = SHARED
    first_name: int
    'The name.'
    last: int = Field(1, alias='given', validation_alias=AliasChoices('taken', 'b'))
@checked(config=ConfigDict(extra='forbid', title='Dee'))
class D:
    a: int = 1
";
    check(
        &[HEAD, models].concat(),
        &["A", "B", "C", "D"],
        expect![[r##"
        {"$ref":"#/definitions/A"} with {"A":{"additionalProperties":false,"example":1,"properties":{},"title":"A","type":"object"}}
        {"$ref":"#/definitions/B"} with {"B":{"additionalProperties":true,"properties":{},"title":"Bee","type":"object"}}
        {"$ref":"#/definitions/C"} with {"C":{"properties":{"firstName":{"description":"The name.","title":"Firstname","type":"integer"},"taken":{"default":1,"title":"Taken","type":"integer"}},"required":["firstName"],"title":"C","type":"object"}}
        {"$ref":"#/definitions/D"} with {"D":{"additionalProperties":false,"properties":{"a":{"default":1,"title":"A","type":"integer"}},"title":"Dee","type":"object"}}
    "##]],
    );
}

#[test]
fn fields_of_dataclasses_are_those_that_are_given() {
    let models = "
@dataclasses.dataclass
class A:
    a: int
    _: dataclasses.KW_ONLY
    b: dataclasses.InitVar[int] = 1
    c: int = dataclasses.field(init=False)
    d: List[int] = dataclasses.field(default_factory=list, metadata={'x': 1})
class B(A):
    e: int = 1
";
    check(
        &[HEAD, models].concat(),
        &["A", "B"],
        expect![[r##"
        {"$ref":"#/definitions/A"} with {"A":{"properties":{"a":{"title":"A","type":"integer"},"b":{"default":1,"title":"B","type":"integer"},"d":{"items":{"type":"integer"},"title":"D","type":"array"}},"required":["a"],"title":"A","type":"object"}}
        {"$ref":"#/definitions/B"} with {"B":{"properties":{"a":{"title":"A","type":"integer"},"b":{"default":1,"title":"B","type":"integer"},"d":{"items":{"type":"integer"},"title":"D","type":"array"}},"required":["a"],"title":"B","type":"object"}}
    "##]],
    );
}

#[test]
fn records_that_calls_make_are_read() {
    let models = "
P = collections.namedtuple('P', 'x y', defaults=[1])
N = NamedTuple('N', [('a', int), ('b', str)])
T = TypedDict('T', {'in': int, 'b': List[str]}, total=False)
";
    check(
        &[HEAD, models].concat(),
        &["P", "N", "T"],
        expect![[r##"
        {"$ref":"#/definitions/P"} with {"P":{"maxItems":2,"minItems":1,"prefixItems":[{"title":"X"},{"title":"Y","default":1}],"type":"array"}}
        {"$ref":"#/definitions/N"} with {"N":{"maxItems":2,"minItems":2,"prefixItems":[{"title":"A","type":"integer"},{"title":"B","type":"string"}],"type":"array"}}
        {"$ref":"#/definitions/T"} with {"T":{"properties":{"in":{"title":"In","type":"integer"},"b":{"items":{"type":"string"},"title":"B","type":"array"}},"title":"T","type":"object"}}
    "##]],
    );
}

#[test]
fn classes_and_names_inside_classes_are_found() {
    let models = "
class Job(BaseModel):
    class Mode(enum.Enum):
        A = 'a'
    Ids = List[int]
    mode: Mode
    ids: 'Ids'
class Low(enum.IntEnum):
    _ignore_ = ['it']
    it = 3
    A = 2
    B = A * 5
";
    check(
        &[HEAD, models].concat(),
        &["Job", "Job.Mode", "Low"],
        expect![[r##"
        {"$ref":"#/definitions/Job"} with {"Job":{"properties":{"mode":{"$ref":"#/definitions/Mode"},"ids":{"items":{"type":"integer"},"title":"Ids","type":"array"}},"required":["mode","ids"],"title":"Job","type":"object"},"Mode":{"type":"string","enum":["a"],"title":"Mode"}}
        {"$ref":"#/definitions/Mode"} with {"Mode":{"type":"string","enum":["a"],"title":"Mode"}}
        {"$ref":"#/definitions/Low"} with {"Low":{"type":"integer","enum":[2,10],"title":"Low"}}
    "##]],
    );
}

#[test]
fn names_for_types_and_types_of_pydantic_have_definitions() {
    let aliases = "Extended = TypeAliasType('Extended', List[int])\ntype New = dict[str, int]\n";
    let types = ["Extended", "New", "JsonValue", "BaseModel", "Json[int]"];
    let head = [HEAD, "from pydantic import Json\n", aliases].concat();
    check(
        &head,
        &types,
        expect![[r##"
        {"$ref":"#/definitions/Extended"} with {"Extended":{"items":{"type":"integer"},"type":"array"}}
        {"$ref":"#/definitions/New"} with {"New":{"additionalProperties":{"type":"integer"},"type":"object"}}
        {"$ref":"#/definitions/JsonValue"} with {"JsonValue":{}}
        {"$ref":"#/definitions/BaseModel"} with {"BaseModel":{"properties":{},"title":"BaseModel","type":"object"}}
        {"contentMediaType":"application/json","contentSchema":{"type":"integer"},"type":"string"}
    "##]],
    );
}
