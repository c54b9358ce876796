use expect_test::expect;

use super::check;

#[test]
fn strings_are_as_in_python() {
    check(
        r#"
s = "Hello World"
out = s.lower(), s.upper(), s.title(), s.swapcase(), s.split(), s.replace("o", "0", 1), s.find("o"), s.rfind("o"), s.count("l"), s.index("W"), s.startswith(("He", "x")), s.endswith("d"), s[1:4], s[-1], s.center(15, "*"), s.ljust(13, "."), s.rjust(13), s.zfill(13), "-5".zfill(4)
out2 = "a,b,,c".split(","), "a b  c".split(" "), "  a b ".split(), "a b c".split(None, 1), "a-b-c".rsplit("-", 1), "a\nb\r\nc\n".splitlines(), "a\nb".splitlines(True), "a=b=c".partition("="), "a=b=c".rpartition("="), "x".partition("="), "".split(), "".split(","), "a b c d".rsplit(None, 2)
out4 = f"{3.14159:.2f}", f"{1234567:,}", f"{42:05d}", f"{'x':>5}", f"{'x':<5}|", f"{'x':^5}|", f"{0.5:.1%}", f"{255:x}", f"{255:#X}", f"{5:b}", f"{1e10:g}", f"{1234.5:,.2f}", f"{-5:+d}", f"{5: d}", f"{True}", f"{None}", f"{[1, 'a']}", f"{'a'!r}", f"{1!s:>3}", f"{3:*^7}", f"{1e-5}", f"{123456789.123:.3e}", f"{5:>+5}", f"{12:_b}", f"{1000000:_}"
w, p = 8, 3
out5 = f"{3.14159:{w}.{p}f}", f"{s=}", f"{w + 1 = }", f"{s!r:>15}", f"{'nested ' + f'{w}'}", f"{{}}", f"{w:0{p}d}", f"{s[:3]}", f"{'a' if w else 'b'}", f"{dict(a=1)['a']}", f"{s=!s}", f"{w=:>4}"
out6 = "%s %d %5.2f %x %r %%" % ("a", 5, 3.14159, 255, "q"), "%(a)s-%(b)03d" % {"a": "x", "b": 7}, "%-5s|" % "a", "%5s|" % "a", "%+d" % 5, "%e" % 12345.678, "%c" % "x", "%s" % [1], "%s" % (None,), "%i" % 3.7, "%g" % 0.0001, "%o" % 8, "%#x" % 255, "%05d" % -3, "%.3s" % "abcdef", "%*d" % (5, 3)
out7 = "{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{a.real} {b[0]} {c[k]}".format(a=5, b=[7], c={"k": 1}), "{:>{w}}".format("x", w=4), "{!r}".format("a"), "{{}}".format(), "{:,}".format(1234), "{0:.{1}f}".format(3.14159, 2), "{:%Y}".format(__import__("datetime").date(2026, 1, 2)) if False else 0
out9 = "abc" < "abd", "a" in "abc", "" in "a", "abc" * 2, 3 * "ab", "abc"[5:], "a" != "b", "a" "b" f"{1}", r"\n", "\x41\u00e9\N{BULLET}", "tab\there", 'it\'s', "both ' and \"", "\\"
out10 = "a{}c".format("b"), "abc".translate(str.maketrans("ab", "xy")), "abc".translate(str.maketrans({"a": None, "b": "ZZ"})), "a\tb".expandtabs(4), "ab".casefold(), "a-b_c".replace("-", "_").upper().split("_"), "aXbX".rindex("X"), "abcabc".find("c", 3), "abcabc".count("a", 1), "%s" % "x" * 2, str.upper("a"), str.join("-", ["a", "b"]), "{a}".format_map({"a": 1}), ascii("é"), repr("é\x00\u200b"), "a".ljust(3) + "|", "x".isprintable(), "abc".index("c")
out11 = str(1.0), str(1e22), str(-0.0), repr(1.1), str(True), str(None), str([1, "a", None]), str({"a": 1}), str((1,)), str({1}), str(b"x"), str(1e-7), repr(10**16 * 1.0), str(123456789012345680.0), float("1e5"), float(" 3 "), int(" 12 "), int("-0x1f", 16), int("0b11", 0), int(3.9), int("1_000"), bool("False"), int(True), float("nan"), float("-inf"), hex(255), bin(-5), oct(8), chr(97), ord("a"), complex is not None
"#,
        expect![[r#"
            ('hello world', 'HELLO WORLD', 'Hello World', 'hELLO wORLD', ['Hello', 'World'], 'Hell0 World', 4, 7, 3, 6, True, True, 'ell', 'd', '**Hello World**', 'Hello World..', '  Hello World', '00Hello World', '-005')
            (['a', 'b', '', 'c'], ['a', 'b', '', 'c'], ['a', 'b'], ['a', 'b c'], ['a-b', 'c'], ['a', 'b', 'c'], ['a\n', 'b'], ('a', '=', 'b=c'), ('a=b', '=', 'c'), ('x', '', ''), [], [''], ['a b', 'c', 'd'])
            ('3.14', '1,234,567', '00042', '    x', 'x    |', '  x  |', '50.0%', 'ff', '0XFF', '101', '1e+10', '1,234.50', '-5', ' 5', 'True', 'None', "[1, 'a']", "'a'", '  1', '***3***', '1e-05', '1.235e+08', '   +5', '1100', '1_000_000')
            ('   3.142', "s='Hello World'", 'w + 1 = 9', "  'Hello World'", 'nested 8', '{}', '008', 'Hel', 'a', '1', 's=Hello World', 'w=   8')
            ("a 5  3.14 ff 'q' %", 'x-007', 'a    |', '    a|', '+5', '1.234568e+04', 'x', '[1]', 'None', '3', '0.0001', '10', '0xff', '-0003', 'abc', '    3')
            ('1 2', 'b a', '5 7 1', '   x', "'a'", '{}', '1,234', '3.14', 0)
            (True, True, True, 'abcabc', 'ababab', '', True, 'ab1', '\\n', 'Aé•', 'tab\there', "it's", 'both \' and "', '\\')
            ('abc', 'xyc', 'ZZc', 'a   b', 'ab', ['A', 'B', 'C'], 3, 5, 1, 'xx', 'A', 'a-b', '1', "'\\xe9'", "'é\\x00\\u200b'", 'a  |', True, 2)
            ('1.0', '1e+22', '-0.0', '1.1', 'True', 'None', "[1, 'a', None]", "{'a': 1}", '(1,)', '{1}', "b'x'", '1e-07', '1e+16', '1.2345678901234568e+17', 100000.0, 3.0, 12, -31, 3, 3, 1000, True, 1, nan, -inf, '0xff', '-0b101', '0o10', 'a', 97, True)
        "#]],
    );
}
