//! The schema of pydantic's own types. Source: what pydantic 2.14 and 2.12 give, type by type.

use serde_json::{Value, json};

use super::scalar::format;

/// The schema of the type `name` of pydantic; `None` when it is not in the table.
pub(super) fn schema(name: &str) -> Option<Value> {
    number(name).or_else(|| address(name)).or_else(|| text(name))
}

fn number(name: &str) -> Option<Value> {
    Some(match name {
        "PositiveInt" => json!({"exclusiveMinimum": 0, "type": "integer"}),
        "NonNegativeInt" => json!({"minimum": 0, "type": "integer"}),
        "NegativeInt" => json!({"exclusiveMaximum": 0, "type": "integer"}),
        "NonPositiveInt" => json!({"maximum": 0, "type": "integer"}),
        "PositiveFloat" => json!({"exclusiveMinimum": 0, "type": "number"}),
        "NonNegativeFloat" => json!({"minimum": 0, "type": "number"}),
        "NegativeFloat" => json!({"exclusiveMaximum": 0, "type": "number"}),
        "NonPositiveFloat" => json!({"maximum": 0, "type": "number"}),
        "StrictInt" => json!({"type": "integer"}),
        "StrictFloat" | "FiniteFloat" => json!({"type": "number"}),
        "StrictBool" => json!({"type": "boolean"}),
        "ByteSize" => json!({"anyOf": [
            {"pattern": r"^\s*(\d*\.?\d+)\s*(\w+)?", "type": "string"},
            {"minimum": 0, "type": "integer"},
        ]}),
        _ => return None,
    })
}

fn address(name: &str) -> Option<Value> {
    Some(match name {
        "HttpUrl" | "WebsocketUrl" => {
            json!({"format": "uri", "maxLength": 2083, "minLength": 1, "type": "string"})
        }
        "PostgresDsn" | "MongoDsn" | "NatsDsn" => {
            json!({"format": "multi-host-uri", "minLength": 1, "type": "string"})
        }
        "AnyUrl" | "AnyHttpUrl" | "AnyWebsocketUrl" | "FileUrl" | "FtpUrl" | "AmqpDsn"
        | "ClickHouseDsn" | "CockroachDsn" | "KafkaDsn" | "MariaDBDsn" | "MySQLDsn"
        | "RedisDsn" | "SnowflakeDsn" => json!({"format": "uri", "minLength": 1, "type": "string"}),
        "EmailStr" => format("email"),
        "NameEmail" => format("name-email"),
        "IPvAnyAddress" => format("ipvanyaddress"),
        "IPvAnyInterface" => format("ipvanyinterface"),
        "IPvAnyNetwork" => format("ipvanynetwork"),
        _ => return None,
    })
}

fn text(name: &str) -> Option<Value> {
    Some(match name {
        "StrictStr" | "ImportString" => json!({"type": "string"}),
        "StrictBytes" => format("binary"),
        "SecretStr" | "SecretBytes" => {
            json!({"format": "password", "type": "string", "writeOnly": true})
        }
        "Json" => {
            json!({"contentMediaType": "application/json", "contentSchema": {}, "type": "string"})
        }
        "FilePath" => format("file-path"),
        "DirectoryPath" => format("directory-path"),
        "NewPath" | "SocketPath" => format("path"),
        "AwareDatetime" | "NaiveDatetime" | "PastDatetime" | "FutureDatetime" => {
            format("date-time")
        }
        "PastDate" | "FutureDate" => format("date"),
        "UUID1" | "UUID3" | "UUID4" | "UUID5" | "UUID6" | "UUID7" | "UUID8" => {
            format(&name.to_lowercase())
        }
        "Base64Str" | "Base64Bytes" => format("base64"),
        "Base64UrlStr" | "Base64UrlBytes" => format("base64url"),
        "PaymentCardNumber" => json!({"maxLength": 19, "minLength": 12, "type": "string"}),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::schema;

    #[test]
    fn an_address_of_any_kind_is_a_uri() {
        let want = json!({"format": "uri", "minLength": 1, "type": "string"});
        for name in ["AnyUrl", "AnyHttpUrl", "RedisDsn"] {
            assert_eq!(schema(name), Some(want.clone()), "{name}");
        }
    }
}
