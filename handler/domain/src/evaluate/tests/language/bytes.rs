use expect_test::expect;

use super::check;

#[test]
fn bytes_are_as_in_python() {
    check(
        r#"
b = b"ab\xff"
out = b, b[0], b[1:], len(b), b + b"c", b"a,b".split(b","), b.hex(), bytes([1, 2]), bytes(3), b"x" * 2, b"ab".upper(), bytes.fromhex("ff00"), list(b"ab"), b"a" in b"ab", b"ab".decode(), b" x ".strip(), b"ab".replace(b"a", b"z"), b"ab".startswith(b"a"), b"\n\t'", b"'\"", b"a" == b"a", b"ab".find(b"b"), bytearray(b"x") == b"x", b"-".join([b"a", b"b"])
try:
    b"\xff".decode()
except UnicodeDecodeError as e:
    out3 = str(e)
out4 = b"\xff".decode("utf-8", "replace"), b"\xff".decode("latin-1"), b"\xff".decode(errors="ignore")
"#,
        expect![[r#"
            (b'ab\xff', 97, b'b\xff', 3, b'ab\xffc', [b'a', b'b'], '6162ff', b'\x01\x02', b'\x00\x00\x00', b'xx', b'AB', b'\xff\x00', [97, 98], True, 'ab', b'x', b'zb', True, b"\n\t'", b'\'"', True, 1, True, b'a-b')
            "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
            ('�', 'ÿ', '')
        "#]],
    );
}
