use expect_test::expect;

use super::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one program, and what it gives")]
fn context_are_as_in_python() {
    check(
        r#"
from contextlib import contextmanager, suppress, ExitStack, nullcontext, redirect_stdout, closing, asynccontextmanager
import io, logging, warnings
log = []
@contextmanager
def cm(n):
    log.append("enter " + n)
    try:
        yield n.upper()
    except ValueError as e:
        log.append("caught " + str(e))
    finally:
        log.append("exit " + n)
with cm("a") as a, cm("b") as b:
    log.append(a + b)
with cm("c"):
    raise ValueError("boom")
out2 = list(log[-2:])
with suppress(KeyError, ValueError):
    {}["x"]
with nullcontext(5) as n:
    out3 = n
with ExitStack() as s:
    x = s.enter_context(cm("z"))
    s.callback(lambda: log.append("cb"))
    log.append("in " + x)
f = io.StringIO()
with redirect_stdout(f):
    print("hi")
out5 = f.getvalue()
logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)
logging.basicConfig(level=logging.DEBUG, format="%(message)s")
logger.info("x %s", 1)
out6 = logging.INFO, logging.WARNING, logger.name
warnings.filterwarnings("ignore")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("x")
@cm("deco")
def g():
    log.append("body")
    return 1
class C:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        log.append((t.__name__ if t else None, str(v)))
        return t is KeyError
with C():
    raise KeyError("k")
with C() as c:
    pass
out8 = log[-2:]
"#,
        expect![[r#"
            ['caught boom', 'exit c']
            5
            'hi\n'
            (20, 30, '__main__')
            [('KeyError', "'k'"), (None, 'None')]
        "#]],
    );
}
