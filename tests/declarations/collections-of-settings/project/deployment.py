from prefect import flow

DEFAULTS = {"retries": 1, "env": {"LOG": "info"}, "tags": ["base"]}
OVERRIDES = {
    "orders": {"retries": 3, "tags": ["sales"]},
    "stock": {"env": {"LOG": "debug", "SITE": "north"}},
}


@flow
def sync(table: str, retries: int = 1, options: dict | None = None): ...


def merged(name: str) -> dict:
    settings = {**DEFAULTS, **OVERRIDES.get(name, {})}
    settings["env"] = DEFAULTS["env"] | settings.get("env", {})
    settings.setdefault("queue", "default")
    return settings


names = sorted(OVERRIDES, key=lambda it: -len(it))
pairs = list(zip(names, range(10, 30, 10), strict=False))
squares = {n: n**2 for n in range(5) if n % 2}
letters = {c for c in "banana"}
matrix = [[row * 10 + column for column in range(3)] for row in range(2)]
flat = [cell for row in matrix for cell in row if cell not in (1, 11)]

for position, (name, offset) in enumerate(pairs, start=1):
    settings = merged(name)
    first, *rest = flat
    rest.extend([offset, position])
    rest.insert(0, settings.pop("retries"))
    del rest[1]
    rest += rest[-2:]
    last = rest.pop()
    rest.reverse()
    sync.to_deployment(
        name=name,
        parameters={
            "table": name,
            "options": {
                "flat": rest,
                "first": first,
                "last": last,
                "squares": {str(k): v for k, v in squares.items()},
                "letters": sorted(letters, reverse=True),
                "sum": sum(rest),
                "min-max": [min(rest), max(rest, default=0), round(sum(rest) / 7, 3), divmod(17, 5), -7 // 2, -7 % 3],
                "any": any(v > 8 for v in squares.values()) and all(rest),
                "slices": [rest[1:-1], rest[::2], (1, 2, 3)[1:], list("abc")[::-1]],
                "index": rest.index(first) if first in rest else None,
                "mapped": list(map(str, filter(None, [0, 1, 2]))),
                "bits": [5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, 2**-1],
                "sets": sorted({1, 2, 3} & {2, 3, 4} | {9} - {9}),
                "chain": 1 < 2 <= 2 != 3,
            },
        },
        tags=[*settings["tags"], *(f"{k}={v}" for k, v in sorted(settings["env"].items()))],
    ).apply()
