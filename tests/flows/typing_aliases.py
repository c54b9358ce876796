import typing
import typing as t
from collections import OrderedDict, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, MutableMapping, MutableSequence, Sequence, Set as AbstractSet
from typing import Callable, Counter, DefaultDict, Deque, FrozenSet, Generator, Hashable, Iterator, Set, Tuple, Type

from prefect import flow


@flow
def from_typing(a: typing.List[int], b: t.Dict[str, t.Any], c: t.Tuple[int, ...], d: t.Sequence[str], e: t.Iterable[int]):
    pass


@flow
def from_collections(a: Sequence[int], b: Mapping[str, int], c: Iterable[str], d: Collection[int], e: MutableSequence[int]):
    pass


@flow
def rarer(a: Set[int], b: FrozenSet[str], c: Deque[int], d: DefaultDict[str, int], e: Counter[str], f: Tuple[int, str, float]):
    pass


@flow
def without_parameters(a: t.List, b: t.Dict, c: t.Tuple, d: t.Set, e: t.FrozenSet, f: t.Sequence, g: t.Mapping, h: t.Iterable):
    pass


@flow
def concrete(a: deque, b: deque[int], c: defaultdict[str, list[int]], d: OrderedDict[str, int], e: OrderedDict):
    pass


@flow
def functions(a: Callable, b: Callable[[int], str] = None, c: t.Optional[Callable[..., t.Any]] = None, d: t.List[Callable] = None):
    pass


@flow
def chosen(a: t.Union[Callable, int], b: t.Union[Callable, None, str] = None, c: t.Dict[str, Callable] = None):
    pass


@flow
def types(a: Type, b: Type[int], c: type[int], d: t.Optional[Type[int]] = None):
    pass


@flow
def hash_and_more(a: Hashable, b: Iterator[int], c: Generator[int, None, None], d: AbstractSet[int], e: MutableMapping[str, int]):
    pass


@flow
def text(a: t.Text, b: t.AnyStr, c: t.Union[t.Text, None] = None):
    pass
