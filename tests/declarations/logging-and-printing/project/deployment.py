#!/usr/bin/env python
"""Registers the deployment; prints what it does."""
import argparse
import logging
import os
import sys
import time
import warnings
from pprint import pprint

from prefect import flow

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
logger = logging.getLogger(__name__)
warnings.filterwarnings("ignore", category=DeprecationWarning)


@flow
def tidy_up(folder: str = "/tmp"): ...


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--log-file", default=None)
    return parser.parse_args()


def main() -> int:
    args = parse_args()
    logger.info("registering with %s", args)
    started = time.perf_counter()
    deployment = tidy_up.to_deployment(name="tidy", tags=["housekeeping"], cron="0 4 * * 6")
    deployment_id = deployment.apply()
    print(f"registered {deployment_id} in {time.perf_counter() - started:.1f} s", file=sys.stderr)
    pprint({"id": deployment_id})
    logger.debug("pid %d", os.getpid())
    return 0


if __name__ == "__main__":
    sys.exit(main())
