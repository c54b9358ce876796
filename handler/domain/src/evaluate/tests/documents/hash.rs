use expect_test::expect;

use super::check;

#[test]
fn hash_are_as_in_python() {
    check(
        r#"
import hashlib, base64
h = hashlib.sha256()
h.update(b"a")
h.update(b"b")
out2 = h.hexdigest(), h.digest()[:2], hashlib.new("md5", b"a").hexdigest(), h.name, hashlib.sha512(b"").hexdigest()[:10]
out4 = base64.urlsafe_b64decode("-_8="), base64.b64decode(b"YQ==")
"#,
        expect![[r#"
            ('fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603', b'\xfb\x8e', '0cc175b9c0f1b6a831c399e269772661', 'sha256', 'cf83e1357e')
            (b'\xfb\xff', b'a')
        "#]],
    );
}
