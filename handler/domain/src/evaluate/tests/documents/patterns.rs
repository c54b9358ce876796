use expect_test::expect;

use super::check;

#[test]
fn patterns_are_as_in_python() {
    check(
        r#"
import re
out = re.match(r"(\w+)-(\d+)", "abc-12x").groups(), re.search(r"\d+", "ab12").group(), re.fullmatch("a", "ab")
out2 = re.sub(r"[^a-z0-9]+", "-", "Load Data: 2024".lower()), re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.sub("a", "b", "aaa", count=2)
out3 = re.split(r"[,;]\s*", "a, b;c"), re.split("(-)", "a-b"), re.split("-", "a-b-c", 1), re.split(r"x*", "axbc")
out4 = re.findall(r"\d", "a1b2"), re.findall(r"(\w)=(\d)", "a=1,b=2"), re.findall(r"(\d)", "a1b2")
p = re.compile(r"^(?P<name>[A-Z]\w*)_v(?P<n>\d+)$", re.I | re.M)
m = p.match("flow_v12")
out5 = m.group("name"), m["n"], m.groupdict(), m.start(), m.end("n"), m.span(1), m.group(0, 1), m.lastindex, m.string, p.pattern
out6 = [x.group() for x in re.finditer(r"[a-z]+", "ab 12 cd")], bool(p.match("x")), p.search("zz") is None
out7 = re.sub(r"\b(\w)", lambda m: m.group(1).upper(), "hello world"), re.subn("l", "L", "hello"), re.escape("a.b*c-d e/f")
out8 = re.sub(r"(?P<x>a)", r"<\g<x>\g<0>>", "ab"), re.sub("x*", "-", "abxd"), re.findall("", "ab"), re.sub(r"\.", r"\\n\n", "a.b")
out9 = re.match(r"(a)|(b)", "b").groups(), re.match(r"(a)|(b)", "b").groups("d"), re.match("(a)?", "").group(1)
try:
    re.compile("(")
except re.error as e:
    out10 = "bad"
out11 = re.sub(r"(?<!^)(?=[A-Z])", "_", "LoadData").lower() if False else 1
out12 = re.compile("a.c", re.DOTALL).findall("a\nc"), re.compile(r"(?i)ABC").search("xabc").span(), re.compile(r"a b # c", re.X).match("ab").group()
out13 = re.match(r"é", "é").end(), re.search("b", "éb").start(), re.sub("(?:a)(b)?", r"[\1]", "a ab")
"#,
        expect![[r#"
            (('abc', '12'), '12', None)
            ('load-data-2024', '1a 2b', 'bba')
            (['a', 'b', 'c'], ['a', '-', 'b'], ['a', 'b-c'], ['', 'a', '', 'b', 'c', ''])
            (['1', '2'], [('a', '1'), ('b', '2')], ['1', '2'])
            ('flow', '12', {'name': 'flow', 'n': '12'}, 0, 8, (0, 4), ('flow_v12', 'flow'), 2, 'flow_v12', '^(?P<name>[A-Z]\\w*)_v(?P<n>\\d+)$')
            (['ab', 'cd'], False, True)
            ('Hello World', ('heLLo', 2), 'a\\.b\\*c\\-d\\ e/f')
            ('<aa>b', '-a-b--d-', ['', '', ''], 'a\\n\nb')
            ((None, 'b'), ('d', 'b'), None)
            'bad'
            1
            (['a\nc'], (1, 4), 'ab')
            (1, 1, '[] [b]')
        "#]],
    );
}
