use expect_test::expect;

use super::check;

#[test]
fn others_are_as_in_python() {
    check(
        r#"
import sys, os, typing
class A: pass
a = A()
a.x = 1
setattr(a, "y", 2)
delattr(a, "x")
out2 = hasattr(a, "x"), sorted(k for k in vars(a)), A.__doc__, [n for n in dir(a) if not n.startswith("_")]
def f(a, b=2, *args, c, d=4, **kw): "Doc."
out3 = f.__name__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__qualname__, f.__module__, f.__code__.co_varnames[:2] if False else 0
f.attr = 5
out4 = f.attr, hasattr(f, "nope"), getattr(f, "attr"), f.__dict__
out5 = __name__, __file__.endswith("x.deployment.py"), os.path.basename(__file__), "f" in globals(), "zz" in dir()
def loc():
    z = 1
    return locals()
print("a", end="")
out8 = sys.version_info >= (3, 8), sys.version_info[0], sys.version_info.major, sys.version.split()[0][:4], sys.platform, os.name, sys.executable is not None
exec("q = 5")
class Cfg:
    A = 1
    B = "x"
out9 = {k: v for k, v in vars(Cfg).items() if not k.startswith("_")}, Cfg.__dict__["A"], {k: getattr(Cfg, k) for k in ("A", "B")}
import types, inspect
async def co(): pass
import asyncio
out11 = asyncio.iscoroutinefunction(co), inspect.iscoroutinefunction(co)
x = object()
out12 = x is x, x == object(), x != 1
sys.exit()
"#,
        expect![[r#"
            (False, ['y'], None, ['y'])
            ('f', 'Doc.', (2,), {'d': 4}, 'f', '__main__', 0)
            (5, False, 5, {'attr': 5})
            ('__main__', True, 'x.deployment.py', True, False)
            (True, 3, 3, '3.11', 'linux', 'posix', True)
            ({'A': 1, 'B': 'x'}, 1, {'A': 1, 'B': 'x'})
            (True, True)
            (True, False, True)
            30:1 SystemExit: 0
        "#]],
    );
}
