import argparse, sys
from prefect import flow
from prefect.automations import Automation
from prefect.events.schemas.automations import EventTrigger

@flow
def pipe(n: int = 1, *, dry: bool = False) -> None:
    """Pipe it."""
    print(n)

def parse(argv=None):
    p = argparse.ArgumentParser()
    p.add_argument("--serve", action="store_true")
    p.add_argument("--tag", action="append", default=[])
    p.add_argument("--n", "-n", type=int, default=2, choices=[1, 2, 3])
    p.add_argument("--mode", choices=("deploy", "run"), default="deploy", nargs="?")
    p.add_argument("--cron", default="0 0 * * *")
    g = p.add_mutually_exclusive_group()
    g.add_argument("-v", "--verbose", action="count", default=0)
    g.add_argument("-q", dest="quiet", action="store_const", const=1)
    return p.parse_args(argv)

def main() -> int:
    args = parse()
    opts = vars(args)
    if args.serve:
        pipe.serve("x")
    if args.mode != "deploy":
        return 1
    kw = {"name": "p", "work_pool_name": "local", "tags": args.tag or ["rag", "ingest"], "cron": opts["cron"]}
    if args.quiet:
        kw["paused"] = True
    try:
        d = pipe.to_deployment(**kw, parameters={"n": args.n, "dry": bool(args.verbose)})
        did = d.apply()
    except Exception as exc:
        print(f"error {exc}", file=sys.stderr)
        return 1
    print(f"Registered pipe/{d.name} (id={did})")
    return 0

if __name__ == "__main__":
    raise SystemExit(main())
