use expect_test::expect;

use super::check;

#[test]
fn exceptions_in_functions_are_as_in_python() {
    check(
        r#"
try:
    import not_there_xyz_helper.sub
    a = 1
except ImportError:
    a = 2
def retry(n):
    for i in range(n):
        try:
            if i < 2: raise RuntimeError(i)
            return i
        except RuntimeError as e:
            last = e
    return None
out2 = retry(3), retry(1)
class Err(Exception):
    def __str__(self): return "custom"
try: raise Err("x")
except Err as e: out3 = f"{e}", repr(e)
class E2(ValueError, KeyError): pass
try: raise E2("z")
except KeyError as e: out4 = type(e).__mro__[1].__name__
try:
    try: raise ValueError("a")
    except ValueError as e: raise KeyError("b")
except KeyError as e: out5 = repr(e.__context__), e.__cause__
def gen():
    try:
        yield 1
        yield 2
    finally:
        pass
out6 = list(gen()), next(gen())
g = gen()
out7 = next(g), next(g), next(g, "end")
try: next(iter([]))
except StopIteration as e: out8 = "stop"
"#,
        expect![[r#"
            (2, None)
            ('custom', "Err('x')")
            'ValueError'
            ("ValueError('a')", None)
            ([1, 2], 1)
            (1, 2, 'end')
            'stop'
        "#]],
    );
}
