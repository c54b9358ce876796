from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Dict, List, Optional, Union

from app.core.config import (
    CONFIG,
    COUNT,
    LAST,
    LOADED,
    MODE,
    NAMES,
    NUM,
    C,
    DBConfig,
    a,
    b,
    first,
    get_settings,
    rest,
    settings,
)
from app.core.enums import ALL, Mixed, Num, Prio, Source
from app.core.schemas import Item, Order, Params
from prefect import flow, get_run_logger, task
from pydantic import Field


@flow
def f1(
    env: str = settings.env,
    debug: bool = settings.debug,
    bucket: str = settings.bucket,
    raw: str = settings.paths["raw"],
    s: list = settings.schemas,
    t: str = settings.table,
    g: str = settings.get("env"),
    h: str = get_settings().env,
):
    pass


@flow
def f2(
    bs: int = CONFIG["batch"]["size"],
    n: List[str] = CONFIG["batch"]["names"],
    fl: bool = CONFIG.get("flag"),
    x: int = CONFIG.get("zz", 5),
    c: int = C.BATCH,
    d: str = C.Inner.DEEP,
    m: str = C.MAP["k"],
    l: list = LOADED["x"],
    y: int = LOADED["x"][2]["y"],
):
    pass


@flow
def f3(
    f: int = first,
    r: list = rest,
    aa: int = a,
    bb: int = b,
    c: int = COUNT,
    l: int = LAST,
    m: str = MODE,
    n: int = NUM,
    nm: list = NAMES,
    cf: dict = CONFIG,
):
    pass


@flow
def f4(
    s: Source = Source.API,
    s2: Source = Source.default(),
    s3: str = Source.DB.value,
    s4: List[Source] = list(Source),
    s5: list = ALL,
    p: Prio = Prio.HIGH,
    n: Num = Num.A,
    m: Mixed = Mixed.Z,
    so: Optional[Source] = None,
    sd: Dict[Source, int] = {Source.API: 1},
    st: str = str(Source.API),
    sn: str = Source.API.name,
    sl: list = [s.name for s in Source],
):
    pass


@flow
def f5(i: Item, o: Order, p: Params = Params(), i2: Item = Item(name="x", qty=2), u: Union[Item, Order, None] = None):
    pass


@flow
def f6(db: DBConfig = DBConfig(), db2: DBConfig = None):
    pass


@flow(name="f-" + settings.env, description=f"Runs in {MODE}")
async def f7(
    start: Optional[date] = None,
    end: date | None = None,
    window: timedelta = timedelta(days=1),
    when: datetime = datetime(2024, 1, 1),
    p: Path = Path("data") / "x",
    ps: list[Path] = [Path("a")],
    cb: Any = None,
    n: Annotated[int, Field(ge=1, le=10)] = 5,
):
    pass
