from functools import total_ordering

from prefect import flow


class Tagged:
    tags: tuple = ()

    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        if tag:
            cls.tags = (*cls.tags, tag)


class Timed:
    def describe(self):
        return "timed " + super().describe()


class Base(Tagged, tag="base"):
    registry = {}
    __slots__ = ("name", "rank", "extra")

    def __new__(cls, name, *args, **kwargs):
        return cls.registry.setdefault(name, super().__new__(cls))

    def __init__(self, name, rank=0):
        self.name = name
        self.rank = rank

    def describe(self):
        return f"{type(self).__qualname__}:{self.name}"

    def __hash__(self):
        return hash(self.name)

    def __bool__(self):
        return self.rank >= 0

    def __len__(self):
        return 99


@total_ordering
class Nightly(Timed, Base, tag="nightly"):
    def __eq__(self, other):
        return self.rank == other.rank

    def __lt__(self, other):
        return self.rank < other.rank

    __hash__ = Base.__hash__


class Lazy:
    def __init__(self, **known):
        self.__dict__.update(known)
        self._private = 1

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return f"lazy-{name}"


class Countdown:
    def __init__(self, start):
        self.current = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.current <= 0:
            raise StopIteration
        self.current -= 1
        return self.current


class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        self._degrees = float(value)

    def __format__(self, form):
        return f"{self._degrees:{form or '.1f'}}C"


@flow
def protocol(n: int = 0): ...


items = [Nightly("b", 2), Nightly("a", 1), Base("c", -1), Nightly("b", 3)]
lazy = Lazy(zone="no")
setattr(lazy, "made", getattr(lazy, "missing") + getattr(lazy, "_nope", "!"))
Made = type("Made", (Base,), {"describe": lambda self: "made " + self.name}, tag="made")
width = 8

for item in sorted({id(it): it for it in items if it and isinstance(it, Nightly)}.values()) + [Made("m", rank=1)]:
    protocol.to_deployment(
        name=item.name,
        description=item.describe(),
        tags=[
            *item.tags,
            lazy.zone,
            lazy.made,
            "-".join(map(str, Countdown(3))),
            f"{Celsius('21.55')}|{Celsius(3):>6.2f}|{item.name:>{width}}|{item.rank:0{width // 2}d}",
            str(hasattr(lazy, "_gone")) + str(issubclass(Nightly, Tagged)),
            ",".join(cls.__name__ for cls in type(item).__mro__[:2]),
        ],
        parameters={"n": max(items[:2]).rank},
    ).apply()
