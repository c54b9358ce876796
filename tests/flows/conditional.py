import sys
from typing import Optional, Union

from prefect import flow
from pydantic import BaseModel

try:
    import ujson_that_is_missing as json
except ImportError:
    import json

try:
    from tomllib import load
except ImportError:
    load = None

if sys.version_info >= (3, 9):
    Ids = list[int]
else:
    from typing import List

    Ids = List[int]

if sys.version_info < (3, 8):
    Names = int
elif sys.version_info >= (3, 8):
    Names = Optional[str]

try:
    import missing_package
except ImportError:
    missing_package = None


class Model(BaseModel):
    x: int = 1


if sys.platform == "win32":
    Name = int
else:
    Name = str

if True:

    @flow
    def inside(a: Ids, b: Model = None):
        pass


@flow
def uses(a: Ids, b: Model, c: Names = None, d: Name = "x"):
    pass


try:

    @flow
    def tried(a: int = 1):
        pass

except Exception:
    pass

for _ in range(1):

    @flow
    def looped(a: int):
        pass
