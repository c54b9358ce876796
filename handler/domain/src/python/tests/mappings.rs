//! Keys of mappings. Source of what is expected: Prefect 3.9.1 and 2.20.27.

use expect_test::expect;

use super::types::check;

#[test]
fn keys_that_say_more_than_text_are_shown() {
    let prelude = "
from enum import Enum
from typing import Any, Counter, DefaultDict
import uuid
class C(Enum):
    A = 1
class Plain: ...
";
    check(
        prelude,
        &[
            "Dict[C, int]",
            "dict[C, Any]",
            "DefaultDict[C, int]",
            "Counter[C]",
            "Counter",
            "Dict[Literal['a', 'b'], int]",
            "Dict[Literal['a'], Any]",
            "Dict[Literal[1, 2], int]",
            "Dict[datetime.date, int]",
            "Dict[uuid.UUID, int]",
            "Dict[int, int]",
            "Dict[Optional[str], int]",
            "Dict[Plain, int]",
            "Dict[Annotated[str, Field(min_length=1)], int]",
            "Dict[Annotated[str, Field(pattern='^a', min_length=2)], int]",
            "Dict[Annotated[str, Field(pattern='^a')], Any]",
        ],
        expect![[r##"
            {"additionalProperties":{"type":"integer"},"propertyNames":{"$ref":"#/definitions/C"},"type":"object"} with {"C":{"type":"integer","enum":[1],"title":"C"}}
            {"additionalProperties":true,"propertyNames":{"$ref":"#/definitions/C"},"type":"object"} with {"C":{"type":"integer","enum":[1],"title":"C"}}
            {"additionalProperties":{"type":"integer"},"propertyNames":{"$ref":"#/definitions/C"},"type":"object"} with {"C":{"type":"integer","enum":[1],"title":"C"}}
            {"additionalProperties":{"type":"integer"},"propertyNames":{"$ref":"#/definitions/C"},"type":"object"} with {"C":{"type":"integer","enum":[1],"title":"C"}}
            {"additionalProperties":{"type":"integer"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"propertyNames":{"enum":["a","b"]},"type":"object"}
            {"additionalProperties":true,"propertyNames":{"const":"a"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"propertyNames":{"format":"date"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"propertyNames":{"format":"uuid"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"type":"object"}
            {"additionalProperties":{"type":"integer"},"propertyNames":{"minLength":1},"type":"object"}
            {"patternProperties":{"^a":{"type":"integer"}},"propertyNames":{"minLength":2},"type":"object"}
            {"patternProperties":{"^a":{}},"type":"object"}
        "##]],
    );
}

#[test]
fn a_key_that_is_not_shown_leaves_no_definition() {
    let prelude = "from enum import Enum\nclass C(Enum):\n    A = 1\n";
    check(
        prelude,
        &["Dict[Optional[C], int]", "Dict[List[C], C]", "tuple[C, Dict[Optional[C], int]]"],
        expect![[r##"
            {"additionalProperties":{"type":"integer"},"type":"object"}
            {"additionalProperties":{"$ref":"#/definitions/C"},"type":"object"} with {"C":{"type":"integer","enum":[1],"title":"C"}}
            {"maxItems":2,"minItems":2,"prefixItems":[{"$ref":"#/definitions/C"},{"additionalProperties":{"type":"integer"},"type":"object"}],"type":"array"} with {"C":{"type":"integer","enum":[1],"title":"C"}}
        "##]],
    );
}
