use expect_test::expect;

use super::check;

#[test]
fn others_are_as_in_python() {
    check(
        r#"
import string, io, platform, time, getpass, random, secrets, shutil, subprocess, socket, tempfile
t = string.Template("$a-${b} $$")
out = t.substitute(a=1, b="x"), t.safe_substitute(a=1), string.Template("$x").substitute({"x": 2})
try:
    t.substitute(a=1)
except KeyError as e:
    out2 = str(e)
s = io.StringIO()
s.write("ab\n")
print("x", 1, file=s, sep="-")
out3 = s.getvalue(), io.StringIO("a\nb").read(), list(io.StringIO("a\nb")), io.BytesIO(b"x").read()
out4 = string.ascii_letters, string.punctuation, string.hexdigits, string.whitespace
time.sleep(1)
shutil.rmtree("/nowhere", ignore_errors=True)
with tempfile.TemporaryDirectory() as d:
    pass
import urllib.parse
from urllib.parse import urlparse, quote, quote_plus, urlencode, urljoin, unquote, parse_qs, urlunparse, urlsplit
u = urlparse("https://me:pw@host.com:8443/a/b;p?q=1&r=2#frag")
"#,
        expect![[r##"
            ('1-x $', '1-${b} $', '2')
            "'b'"
            ('ab\nx-1\n', 'a\nb', ['a\n', 'b'], b'x')
            ('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '0123456789abcdefABCDEF', ' \t\n\r\x0b\x0c')
        "##]],
    );
}

#[test]
fn packages_that_stand_in_for_a_module_of_python_are_read_as_it() {
    check(
        r#"
import regex
import simplejson
import simplejson as json
from regex import sub
out = simplejson.loads('{"a": [1, 2.5, null]}'), json.dumps({"b": 1})
out2 = regex.sub(r"[^a-z]+", "-", "load data 1"), sub("a", "b", "aaa"), regex.compile(r"(\w)\d").findall("a1 b2")
"#,
        expect![[r#"
            ({'a': [1, 2.5, None]}, <object>)
            ('load-data-', 'bbb', ['a', 'b'])
        "#]],
    );
}
