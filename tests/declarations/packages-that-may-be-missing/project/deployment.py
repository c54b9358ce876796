from prefect import flow
import importlib.util
try:
    import somepkg
    HAS = True
except ImportError:
    HAS = False
try:
    from otherpkg.sub import thing as T
except (ImportError, ModuleNotFoundError) as exc:
    T = None
    print(exc)
try:
    import uvloopx
    uvloopx.install()
except ImportError:
    pass
try:
    from pkg.flows import etl
except ImportError:
    from etl import etl
try:
    import needed_here
except ImportError:
    needed_here = None
    LIMIT = 3
FOUND = importlib.util.find_spec("zzpkg") is not None

@flow
def f(has: bool = HAS, limit: int = LIMIT): ...

f.to_deployment("x", tags=["fast" if HAS else "slow", "t" if T else "no", str(FOUND)]).apply()
etl.to_deployment("y").apply()
