use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn exceptions_are_as_in_python() {
    check(
        r#"
class MyErr(Exception):
    pass
class Sub(MyErr):
    def __init__(self, code, msg="m"):
        super().__init__(f"{code}: {msg}")
        self.code = code
try:
    raise Sub(3)
except MyErr as e:
    out = str(e), e.code, e.args, repr(e), type(e).__name__, isinstance(e, Exception)
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("bad") from e
except ValueError as e:
    out2 = str(e), repr(e.__cause__), e.__cause__.args
def f():
    try:
        return "try"
    finally:
        log.append("fin")
log = []
out3 = f(), log
def g():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
        finally:
            log.append(i)
    else:
        log.append("else")
    return "g"
out4 = g(), log
try:
    raise KeyError("k")
except (ValueError, KeyError) as e:
    out5 = str(e), e.args, repr(e)
try:
    raise ValueError
except ValueError as e:
    out6 = str(e), repr(e), e.args
try:
    raise ValueError("a", 1)
except ValueError as e:
    out7 = str(e), repr(e), e.args
try:
    try:
        raise KeyError("x")
    except KeyError:
        raise
except KeyError as e:
    out8 = "re", str(e)
try:
    assert 1 == 2, "msg"
except AssertionError as e:
    out9 = str(e)
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
except* ValueError as eg:
    out10 = len(eg.exceptions)
except* TypeError as eg:
    out11 = str(eg.exceptions[0])
try:
    pass
except Exception:
    out12 = "no"
else:
    out12 = "else"
finally:
    out13 = "fin"
try:
    [].pop()
except IndexError as e: out14 = str(e)
try:
    {}["a"]
except LookupError as e: out15 = str(e), type(e)
try:
    None.x
except AttributeError as e: out16 = str(e)
try:
    "a" + 1
except TypeError as e: out17 = str(e)
try:
    int("x")
except ValueError as e: out18 = str(e)
try:
    undefined_name
except NameError as e: out19 = str(e)
try:
    [1][5]
except IndexError as e: out20 = str(e)
try:
    1 < "a"
except TypeError as e: out21 = str(e)
try:
    a, b = [1]
except ValueError as e: out22 = str(e)
try:
    a, b = [1, 2, 3]
except ValueError as e: out23 = str(e)
try:
    len(5)
except TypeError as e: out24 = str(e)
try:
    for x in 5: pass
except TypeError as e: out25 = str(e)
def two(a, b): pass
for call in (lambda: two(), lambda: two(1), lambda: two(1, 2, 3), lambda: two(1, 2, c=3), lambda: two(1, a=2)):
    try:
        call()
    except TypeError as e:
        log.append(str(e))
out26 = log[-5:]
try:
    open("nope.txt")
except FileNotFoundError as e:
    out27 = str(e), e.errno, e.filename
except OSError: pass
try:
    "abc".foo
except AttributeError as e: out28 = str(e)
try:
    1()
except TypeError as e: out29 = str(e)
try:
    {}[[]]
except TypeError as e: out30 = str(e)
try:
    raise SystemExit(3)
except SystemExit as e:
    out31 = e.code
e1 = ValueError("x")
out32 = e1.args, isinstance(e1, ValueError), issubclass(KeyError, LookupError), e1.with_traceback(None) is e1
"#,
        expect![[r#"
            ('3: m', 3, ('3: m',), "Sub('3: m')", 'Sub', True)
            ('bad', "ZeroDivisionError('division by zero')", ('division by zero',))
            ('try', ['fin', 0, 1, 2, "two() missing 2 required positional arguments: 'a' and 'b'", "two() missing 1 required positional argument: 'b'", 'two() takes 2 positional arguments but 3 were given', "two() got an unexpected keyword argument 'c'", "two() got multiple values for argument 'a'"])
            ('g', ['fin', 0, 1, 2, "two() missing 2 required positional arguments: 'a' and 'b'", "two() missing 1 required positional argument: 'b'", 'two() takes 2 positional arguments but 3 were given', "two() got an unexpected keyword argument 'c'", "two() got multiple values for argument 'a'"])
            ("'k'", ('k',), "KeyError('k')")
            ('', 'ValueError()', ())
            ("('a', 1)", "ValueError('a', 1)", ('a', 1))
            ('re', "'x'")
            'msg'
            1
            '2'
            'else'
            'fin'
            'pop from empty list'
            ("'a'", <class 'KeyError'>)
            "'NoneType' object has no attribute 'x'"
            'can only concatenate str (not "int") to str'
            "invalid literal for int() with base 10: 'x'"
            "name 'undefined_name' is not defined"
            'list index out of range'
            "'<' not supported between instances of 'int' and 'str'"
            'not enough values to unpack (expected 2, got 1)'
            'too many values to unpack (expected 2)'
            "object of type 'int' has no len()"
            "'int' object is not iterable"
            ["two() missing 2 required positional arguments: 'a' and 'b'", "two() missing 1 required positional argument: 'b'", 'two() takes 2 positional arguments but 3 were given', "two() got an unexpected keyword argument 'c'", "two() got multiple values for argument 'a'"]
            ("[Errno 2] No such file or directory: 'nope.txt'", 2, 'nope.txt')
            "'str' object has no attribute 'foo'"
            "'int' object is not callable"
            "unhashable type: 'list'"
            3
            (('x',), True, True, True)
        "#]],
    );
}
