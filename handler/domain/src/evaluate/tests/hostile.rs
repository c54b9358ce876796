//! Whatever a file holds, evaluating it ends, and takes neither the process nor its time.

use super::evaluated;

/// Programs that would take for ever, or all memory, or all stack.
const HOSTILE: &[&str] = &[
    "a = 'a' * 10**9",
    "a = 10**10**10",
    "a = [[]] * 10**8",
    "a = (1,) * 10**8; b = b'x' * 10**9",
    "a = range(10**18); b = list(a); c = sum(a)",
    "a = []\nwhile True: a = [a]",
    "a = ()\nfor i in range(9000): a = (a,)\nb = repr(a); c = a == a; d = {a: 1}; e = hash(a)",
    "a = []\nfor i in range(9000): a = [a]\nimport copy, json\nb = copy.deepcopy(a)",
    "a = []\nfor i in range(9000): a = [a]\nimport json\nb = json.dumps(a)",
    "a = (1,)\nfor i in range(60): a = (a, a)\nb = {a: 1}\nc = b[a]\nb[(a, 1)]",
    "a = [1]\nfor i in range(60): a = [a, a]\nb = repr(a)",
    "a = [1]\nfor i in range(60): a = [a, a]\nimport copy\nb = copy.deepcopy(a)\nc = a == b",
    "a = (int,)\nfor i in range(60): a = (a, a)\nb = isinstance('', a)\ntry:\n  raise ValueError\nexcept a: pass",
    "a = []\na.append(a)\nb = repr(a); c = a == a\nd = {}\nd['d'] = d\ne = repr(d); f = d == d\nimport json\njson.dumps(a)",
    "a = []\nb = [a]\na.append(b)\nc = [a]\nx = a == c\nimport copy\ny = copy.deepcopy(a)",
    "a = f\"{'x':>{10**9}}\"",
    "a = '%1000000000d' % 1; b = '%*d' % (10**9, 1); c = 'x'.ljust(10**12); d = 'x'.zfill(10**9)",
    "a = '{:>999999999}'.format('x')",
    "def f(): return f()\nf()",
    "class A:\n  def __getattr__(self, n): return getattr(self, n + 'x')\nA().x",
    "class A:\n  def __eq__(self, o): return self == o\nA() == A()",
    "class A:\n  def __repr__(self): return repr(self)\nrepr(A())",
    "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\nlist(A())",
    "class A:\n  def __getitem__(self, i): return i\nlist(A())",
    "class A:\n  def __iter__(self): return A()\nlist(A())",
    "class A:\n  def __bool__(self): return not self\nif A(): pass",
    "class A:\n  def __add__(self, o): return self + o\n  __call__ = 1\nA() + A()",
    "class A: pass\nA.__call__ = A()\nA()()",
    "def g():\n  while True: yield 1\nlist(g())",
    "import itertools\na = list(itertools.product(range(100), repeat=10))",
    "import itertools\na = list(itertools.permutations(range(50)))\nb = list(itertools.combinations(range(60), 30))",
    "import itertools\na = list(itertools.cycle([1]))\nb = list(itertools.repeat(1, 10**12))\nc = list(itertools.count())",
    "import re\na = re.match('(a*)*b', 'a' * 100000)\nb = re.sub('(x+x+)+y', '', 'x' * 50000)",
    "import re\nre.compile('(((a{1000}){1000}){1000}){1000}')\nre.compile('(' * 10000)",
    "import re\nfor i in range(9000): re.findall(r'\\w+', 'abc def ' * 100)",
    "a = 'x' * 1000000\nfor i in range(9000): a[i]; a.upper(); a.replace('x', 'y' * 1000)",
    "a = 'x'\nfor i in range(100): a += a",
    "a = [1]\nfor i in range(100): a += a",
    "a = {1: 2}\nfor i in range(9000): a = {**a, i: a}\nrepr(a)",
    "a = 1\nfor i in range(9000): a = a * 7\nb = 1 << 10**9; c = -1 >> 10**9; d = 2 ** -(10**9)",
    "import math\na = math.factorial(10**9); b = math.comb(10**9, 5); c = math.floor(1e300); d = math.lcm(*range(1, 9999))",
    "from datetime import *\na = datetime.max + timedelta(days=10**9); b = timedelta(10**30); c = date(10**9, 1, 1)",
    "a = int('9' * 100000); b = float('1e999'); c = round(1e300); d = int(float('inf'))",
    "a = 'x'.join(['y' * 1000] * 100000)",
    "a = bytes(10**12); b = (5).to_bytes(10**12, 'big')",
    "a = [0] * 1000\nfor i in range(9000): a[::-1]; a[:] = a; a.sort(); a.insert(0, 1)",
    "a = sorted(range(90000), key=lambda x: -x)",
    "a = (lambda f: f(f))(lambda f: f(f))",
    "from functools import partial\nf = print\nfor i in range(9000): f = partial(f)\nf()",
    "from contextlib import contextmanager\n@contextmanager\ndef c():\n  with c() as x: yield x\nwith c(): pass",
    "class A:\n  x = property(lambda self: self.x)\nA().x",
    "try:\n  raise ValueError\nfinally:\n  raise KeyError",
    "import dataclasses\n@dataclasses.dataclass\nclass A:\n  a: object = None\nx = A()\nx.a = x\nrepr(x); dataclasses.asdict(x)",
    "from pydantic import BaseModel\nclass A(BaseModel):\n  a: object = None\nx = A()\nx.a = x\nx.model_dump(); str(x)",
    "from enum import *\nclass F(Flag):\n  A = 1 << 200\n  B = auto()\n  C = auto()\nF(10**30)",
    "match [[]]:\n  case [[*a], *b]: pass\n  case {**k}: pass",
    "a = [*range(90000)] * 1\nb = {*a}; c = dict.fromkeys(a); d = set(a) & set(a); e = a == a[:]",
    "import glob, os\nglob.glob('*' * 1000); glob.glob('**/' * 50 + 'x'); os.path.join(*['a'] * 9000)",
    "import string\nstring.Template('$' * 100001).safe_substitute()\n'{' * 100001\n('{}' * 10000).format(*range(10000))",
    "exec('x'); eval('1')\nimport sys\nsys.setrecursionlimit(10**9)",
];

#[test]
fn hostile_programs_end() {
    let run = || {
        for code in HOSTILE {
            evaluated(&[("x.deployment.py", code)]);
        }
    };
    // as large as that of the thread that evaluates
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap();
    thread.join().unwrap();
}

/// Pieces that take each other's places.
const PIECES: &[&str] = &[
    "a",
    "b",
    "self",
    "A",
    "1",
    "-1",
    "10**9",
    "None",
    "[]",
    "{}",
    "()",
    "'x'",
    "b'x'",
    "1.5",
    "lambda: a",
    "A()",
    "a.b",
    "a[0]",
    "a[::-1]",
    "*a",
    "**a",
    "f'{a!r:>{b}}'",
    "(yield)",
    "not a",
    "a if b else a",
    "[x for x in a]",
    "{x: x for x in a}",
    "a()",
    "a(a, b=b)",
    "print",
    "len",
    "range(9)",
    "iter(a)",
    "next(a)",
    "sorted",
    "type(a)",
    "super()",
    "isinstance(a, A)",
    "getattr(a, 'b')",
    "str.join",
    "datetime.now()",
    "timedelta(1)",
    "Path('x')",
    "re.compile(a)",
    "json.dumps(a)",
    "copy.deepcopy(a)",
    "partial(a, b)",
    "Counter(a)",
    "os.environ",
    "zip(a, b)",
];

/// Statements with holes.
const SHAPES: &[&str] = &[
    "a = @",
    "a += @",
    "a[@] = @",
    "a.b = @",
    "del a[@]",
    "for a in @: b = @",
    "if @: a = @",
    "a, *b = @",
    "assert @, @",
    "while @: break",
    "with @ as b: a = @",
    "try: a = @\nexcept @: b = @",
    "raise @",
    "def a(b=@, *c, **d): return @",
    "class A(@): b = @",
    "match @:\n  case [a, *b]: a = @\n  case A(b=1): pass",
    "a = @ + @",
    "a = @ < @",
    "a = @ in @",
    "a = @ % @",
    "a = @ * @",
    "a = @ | @",
    "a = @ @ @",
    "a = @(@)",
    "a = @.b",
    "a = @[@:@]",
    "global a",
    "@",
    "lambda b=@: @",
];

const HEAD: &str = "import copy, json, os, re\nfrom collections import *\nfrom datetime import *\n\
    from functools import *\nfrom pathlib import Path\na = [1, 'x']\nb = {'b': 2}\n\
    class A:\n  b = 1\n  def __call__(self, *c): return self\n  def __len__(self): return 2\n";

#[test]
#[expect(clippy::format_push_string, reason = "a short text in pieces")]
fn programs_of_any_pieces_end() {
    let run = || {
        let mut state = 7_u64;
        let mut pick = |all: &[&'static str]| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            all[usize::try_from(state >> 33).unwrap() % all.len()]
        };
        for _ in 0..2000 {
            let mut code = HEAD.to_owned();
            for _ in 0..6 {
                let mut statement = String::new();
                for part in pick(SHAPES).split_inclusive('@') {
                    statement += &part.replace('@', pick(PIECES));
                }
                let inner = statement.replace('\n', "\n  ");
                code += &format!("try:\n  {inner}\nexcept Exception: pass\n");
            }
            evaluated(&[("x.deployment.py", code.as_str())]);
        }
    };
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap();
    thread.join().unwrap();
}
