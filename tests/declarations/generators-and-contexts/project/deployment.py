import contextlib

from prefect import flow


@flow
def part(index: int, total: int): ...


class Registry:
    def __init__(self):
        self.items = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            for it in self.items:
                it.apply()
        return False

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]

    def __contains__(self, name):
        return any(it.name == name for it in self.items)

    def __iter__(self):
        yield from self.items

    def add(self, **kwargs):
        self.items.append(part.to_deployment(**kwargs))
        return self


@contextlib.contextmanager
def named(prefix):
    names = []
    try:
        yield names
    finally:
        names.append(prefix)


def parts(total):
    for index in range(total):
        got = yield index, total
        assert got is None
    return "done"


def all_parts():
    result = yield from parts(2)
    yield len(result), 9


with Registry() as registry, named("p") as names, contextlib.suppress(KeyError):
    names.append("n")
    for index, total in all_parts():
        registry.add(name=f"{names[0]}{index}", parameters={"index": index, "total": total})
    if "n1" in registry:
        registry[1].tags = [*names, str(len(registry))]
    numbers = (n * n for n in [1, 2, 3])
    registry[0].tags = [str(next(numbers)), str(sum(numbers)), ",".join(it.name for it in registry)]
    {}["missing"]

print(names)
