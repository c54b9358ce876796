import atexit
import getpass
import logging.config
import os
import platform
import random
import socket
import subprocess
import threading
import time
import warnings

from prefect import flow

logging.config.dictConfig({"version": 1, "root": {"level": "INFO"}})
logger = logging.getLogger("deploy").getChild("x")
host = socket.gethostname()
lock = threading.Lock()
started = time.monotonic()
git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False)


@flow
def harmless(n: int = 1): ...


def who():
    try:
        return getpass.getuser()
    except Exception as error:
        logger.warning("nobody: %s", error)
        return "nobody"


atexit.register(lambda: print("bye"))
logger.info("%s on %s (%s) with %s", who(), host, platform.platform(), git.stdout.strip())
random.seed(4)
chance = random.random()
with lock:
    warnings.warn(f"chance {chance} {os.cpu_count()}", stacklevel=2)
    deployment = harmless.to_deployment("harmless", tags=["x"])
    deployment.apply()
logger.info("took %.1f", time.monotonic() - started)
