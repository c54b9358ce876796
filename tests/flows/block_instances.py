from typing import Optional
from prefect import flow
from prefect.blocks.core import Block
from prefect.blocks.system import Secret
from prefect.filesystems import LocalFileSystem


class My(Block):
    n: int = 3


class Named(Block):
    _block_type_name = "My Named Block"
    n: int = 3


@flow
def a(fs: LocalFileSystem = LocalFileSystem(basepath="/tmp/x")):
    pass


@flow
def b(s: Secret = Secret(value="x")):
    pass


@flow
def c(m: My = My()):
    pass


@flow
def d(m: Named = Named(n=4), o: Optional[My] = My(n=1)):
    pass


@flow
def e(fs: LocalFileSystem = LocalFileSystem()):
    pass


DEFAULT = My(n=9)


@flow
def f(m: My = DEFAULT, ms: list[My] = [My(n=2)], anyway=My(n=5)):
    pass
