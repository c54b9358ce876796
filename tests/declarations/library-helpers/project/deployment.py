import base64
import collections
import copy
import fnmatch
import functools
import hashlib
import itertools
import math
import operator
import platform
import re
import shlex
import statistics
import string
import textwrap
import urllib.parse
import uuid
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

from prefect import flow

Team = namedtuple("Team", "name size", defaults=[3])
NAMESPACE = uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


@flow
def helper(values: dict = {}): ...


groups = defaultdict(list)
for word in ["apple", "avocado", "banana", "blueberry", "cherry"]:
    groups[word[0]].append(word)

template = string.Template("$who owns ${what}")
nested = {"a": {"b": [1]}}
copied = copy.deepcopy(nested)
copied["a"]["b"].append(2)
settings = ChainMap({"level": "debug"}, {"level": "info", "size": 1})
queue = deque([1, 2, 3], maxlen=3)
queue.append(4)
space = SimpleNamespace(x=1, y="z")

helper.to_deployment(
    name=re.sub(r"[^a-z0-9]+", "-", "My Helper (v2)!".lower()).strip("-"),
    description=textwrap.dedent(
        """
        Helps with everything.

          - indented
        """
    ).strip(),
    version=hashlib.sha256(b"helper").hexdigest()[:12],
    parameters={
        "values": {
            "groups": dict(groups),
            "nested": [nested, copied],
            "counted": Counter("mississippi").most_common(2),
            "ordered": list(OrderedDict(b=1, a=2)),
            "chain": [settings["level"], settings["size"]],
            "queue": list(queue),
            "team": Team("core")._asdict(),
            "product": [f"{a}{b}" for a, b in itertools.product("ab", [1, 2])],
            "chained": list(itertools.chain([1], (2, 3), itertools.islice(itertools.count(10, 5), 2))),
            "grouped": {k: [x for x in g] for k, g in itertools.groupby([1, 1, 2, 3, 3], key=lambda n: n)} and 3,
            "accumulated": list(itertools.accumulate([1, 2, 3])),
            "reduced": functools.reduce(operator.mul, [1, 2, 3, 4], 1),
            "sorted": sorted([{"n": 2}, {"n": 1}], key=operator.itemgetter("n")),
            "math": [math.ceil(1.2), math.floor(-1.2), math.sqrt(16), round(math.pi, 4)],
            "decimal": str(Decimal("1.10") + Decimal("2.20")),
            "space": space.y * 2,
        }
    },
    tags=[
        template.substitute(who="Ada", what="helper"),
        str(uuid.uuid5(NAMESPACE, "acme.example")),
        base64.b64encode("hei på deg".encode()).decode("ascii"),
        hashlib.md5("x".encode("utf-8")).hexdigest(),
        re.match(r"(?P<major>\d+)\.(\d+)", "3.14rc1").group("major"),
        "|".join(re.findall(r"\w+", "a b-c")) + ":".join(re.split(r"[,;]\s*", "x, y;z")),
        textwrap.shorten("a long sentence that is cut", width=15, placeholder="..."),
        urllib.parse.quote("a b/c") + urllib.parse.urljoin("https://a.example/x/", "y"),
        urllib.parse.urlparse("https://u@h.example:81/p?q=1").hostname,
        " ".join(shlex.split("run --name 'my job'")),
        str(fnmatch.fnmatch("etl_deployment.py", "*deployment.py")),
        str(statistics.mean([1, 2, 3, 4])),
        string.ascii_lowercase[:3] + string.digits[-1],
    ],
).apply()
