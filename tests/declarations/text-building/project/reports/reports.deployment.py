from flow import sales_report

REGION = "emea"
YEAR, QUARTER = 2024, 3
RATIO = 0.12345
BUDGET = 1234567.891

slug = sales_report.name.strip().lower().replace(" ", "-")
title = "%s report %d/Q%d" % (REGION.upper(), YEAR, QUARTER)
legacy = "{0}-{name!r:>10}-{1:03d}".format(slug, QUARTER, name=REGION)
line = f"{title:<30}|{RATIO:.1%}|{BUDGET:,.2f}|{QUARTER:>4}|{YEAR:#x}|{slug=}|{REGION!r:^12}"
joined = ", ".join(part.capitalize() for part in slug.split("-"))
head, _, tail = title.partition(" report ")

sales_report.to_deployment(
    name=f"{slug}-{REGION}-{YEAR}q{QUARTER}",
    description=(
        "Sales of one quarter. "
        f"Budget {BUDGET:.3e}, {'+' if RATIO > 0 else '-'}{abs(RATIO):.2f}; "
        rf"raw \d{QUARTER}"
    ),
    parameters={"title": title.title(), "region": REGION.center(10, "*"), "width": len(line)},
    tags=[
        legacy,
        line,
        joined,
        tail.removeprefix("2024").removesuffix("Q3"),
        slug[::-1][:4] + slug[-3:],
        str(slug.startswith(("sales", "x"))) + str(slug.find("zzz")) + str(slug.count("e")),
        "a\tb".expandtabs(4).zfill(9),
        " x ".join("abc").rsplit(" x ", 1)[0],
        "MiXed".swapcase() + "straße".casefold() + "ok".ljust(4, ".") + "%.3s|%5.1f|%-5s|%%" % ("abcdef", 2.25, "l"),
        "line one\nline two".splitlines()[-1] + chr(65) + str(ord("a")),
        "%(who)s" % {"who": "me"} + "abc".translate(str.maketrans("ab", "xy")),
    ],
    version=f"{YEAR}.{QUARTER:02}",
).apply()
