use expect_test::expect;

use super::check;

#[test]
fn version_are_as_in_python() {
    check(
        r#"
from packaging.version import Version, parse, InvalidVersion
from packaging.specifiers import SpecifierSet
out = Version("2.10.0") > Version("2.9"), Version("1.0") == Version("1.0.0"), Version("1.0a1") < Version("1.0b1") < Version("1.0rc1") < Version("1.0") < Version("1.0.post1")
out2 = str(Version("1.0-RC1")), str(parse("v2.0.0.dev3+Local.1")), repr(Version("1.2"))
v = parse("3.9.1rc2.post3.dev4+abc")
out3 = v.major, v.minor, v.micro, v.release, v.is_prerelease, v.base_version, v.public, v.local, v.pre, v.post, v.dev, v.epoch
out4 = Version("2.20") in SpecifierSet(">=2.0,<3"), "3.0" in SpecifierSet("~=2.2"), SpecifierSet("==2.*").contains("2.5"), "2.5" in SpecifierSet("!=2.5")
try:
    Version("abc")
except InvalidVersion as e:
    out5 = str(e)
out6 = max(["1.10", "1.9"], key=Version), sorted([Version("2"), Version("1!0"), Version("1.0.dev1")])
out7 = Version("1.0").is_devrelease, Version("1.0.post1").is_postrelease, {Version("1.0"): 1}[Version("1.0.0")]
"#,
        expect![[r#"
            (True, True, True)
            ('1.0rc1', '2.0.0.dev3+local.1', "<Version('1.2')>")
            (3, 9, 1, (3, 9, 1), True, '3.9.1', '3.9.1rc2.post3.dev4', 'abc', ('rc', 2), 3, 4, 0)
            (True, False, True, False)
            "Invalid version: 'abc'"
            ('1.10', [<Version('1.0.dev1')>, <Version('2')>, <Version('1!0')>])
            (False, True, 1)
        "#]],
    );
}
