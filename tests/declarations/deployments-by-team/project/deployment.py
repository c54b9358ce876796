from collections import defaultdict
from itertools import chain, groupby, pairwise, starmap, zip_longest
from operator import itemgetter
from string import Formatter

from prefect import flow

ROWS = """
team,flow,hour,weekday
data,load,3,MON
data,clean,4,
web,load,5,SUN
"""


@flow
def load(team: str = ""): ...


@flow
def clean(team: str = ""): ...


header, *lines = (line.split(",") for line in ROWS.strip().split("\n"))
rows = [dict(zip_longest(header, line)) for line in lines]
rows.sort(key=itemgetter("team", "flow"))
by_team = {team: list(group) for team, group in groupby(rows, key=itemgetter("team"))}
order = dict(pairwise(["load", "clean", "web"]))
counts = defaultdict(int)


def make(row, position):
    counts[row["team"]] += 1
    target = {"load": load, "clean": clean}[row["flow"]]
    return target.to_deployment(
        name="{team}.{flow}.{n:02}".format(n=position, **row),
        cron=f"0 {int(row['hour']):d} * * {row['weekday'] or '*'}",
        parameters={"team": row["team"]},
        tags=[name for _, name, *_ in Formatter().parse("{team}-{hour}") if name] + [order.get(row["flow"], "-")],
    )


made = list(starmap(make, ((row, i) for i, row in enumerate(chain.from_iterable(by_team.values())))))
made[-1].tags += [f"{team}={n}" for team, n in counts.items()]
for deployment in made:
    deployment.apply()
