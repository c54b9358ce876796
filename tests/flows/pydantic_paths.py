from pathlib import Path, PosixPath, PurePath, PurePosixPath, WindowsPath
from typing import List, Optional
from uuid import UUID

from prefect import flow
from pydantic import UUID1, UUID3, UUID4, UUID5, DirectoryPath, FilePath, NewPath


@flow
def checked(a: FilePath, b: DirectoryPath, c: NewPath, d: Optional[FilePath] = None):
    pass


@flow
def plain(a: Path, b: Path = Path("a") / "b", c: PurePath = None, d: Optional[Path] = None, e: List[Path] = [Path("x")]):
    pass


@flow
def systems(a: PurePosixPath, b: PosixPath = None):
    pass


@flow
def ids(a: UUID, b: UUID4, c: UUID1, d: UUID3, e: UUID5, f: Optional[UUID] = None):
    pass
