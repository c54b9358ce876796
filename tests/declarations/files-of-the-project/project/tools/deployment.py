import glob
import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSION = (ROOT / "VERSION").read_text().strip()
os.chdir(ROOT)

found = sorted(glob.glob("flows/*_flow.py"))
assert found == sorted(str(p.relative_to(ROOT)) for p in (ROOT / "flows").glob("*_flow.py"))
everything = sorted(str(p.relative_to(ROOT)) for p in ROOT.rglob("*.py") if p.is_file() and "tools" not in p.parts)
listed = sorted(name for name in os.listdir("flows") if name.endswith((".py", ".txt")))
walked = sorted(os.path.join(folder, name) for folder, _, names in os.walk("flows") for name in names)

for path in everything:
    stem = Path(path).stem
    spec = importlib.util.spec_from_file_location(stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[stem] = module
    spec.loader.exec_module(module)
    flow = getattr(module, stem.split("_")[0])
    flow.to_deployment(
        name=stem,
        version=VERSION,
        tags=[
            os.path.basename(path),
            os.path.splitext(path)[1],
            os.path.dirname(path),
            str(Path(path).with_suffix(".yaml")),
            str(os.path.exists("flows/notes.txt")) + str(os.path.isdir("nowhere")),
            os.path.relpath(path, "flows"),
            str(len(found)) + "," + ",".join(listed) + "," + walked[-1],
            Path(path).parent.as_posix() + "|" + str(Path("a") / ".." / "b") + "|" + str(Path("/x/y.tar.gz").suffixes),
            os.getcwd().split(os.sep)[-1],
            os.path.normpath("a/./b/../c"),
        ],
    ).apply()
