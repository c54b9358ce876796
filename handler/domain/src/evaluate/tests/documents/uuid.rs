use expect_test::expect;

use super::check;

#[test]
fn uuid_are_as_in_python() {
    check(
        r#"
import uuid
u = uuid.UUID("12345678123456781234567812345678")
out = str(u), u.hex, repr(u), u.int, u.version, u.urn, u.bytes
out2 = uuid.uuid5(uuid.NAMESPACE_DNS, "x.org"), uuid.uuid3(uuid.NAMESPACE_URL, "x"), str(uuid.uuid5(u, "a"))
out3 = u == uuid.UUID("{12345678-1234-5678-1234-567812345678}"), len({u: 1}), u < uuid.uuid5(u, "a"), f"{u}"[:8]
try:
    uuid.UUID("x")
except ValueError as e:
    out4 = str(e)
out5 = uuid.UUID(int=5), uuid.UUID(hex="00000000000000000000000000000001"), type(u).__name__
"#,
        expect![[r#"
            ('12345678-1234-5678-1234-567812345678', '12345678123456781234567812345678', "UUID('12345678-1234-5678-1234-567812345678')", 24197857161011715162171839636988778104, None, 'urn:uuid:12345678-1234-5678-1234-567812345678', b'\x124Vx\x124Vx\x124Vx\x124Vx')
            (UUID('8d26f658-f938-53f9-ad17-67ca11d6fed8'), UUID('60a7f89c-e446-309c-8b4f-460bfdfd0dee'), 'c42c6218-7394-567a-9c63-de6a41fe226f')
            (True, 1, True, '12345678')
            'badly formed hexadecimal UUID string'
            (UUID('00000000-0000-0000-0000-000000000005'), UUID('00000000-0000-0000-0000-000000000001'), 'UUID')
        "#]],
    );
}
