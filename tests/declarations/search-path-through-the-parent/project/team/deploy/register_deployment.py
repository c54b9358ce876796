"""The search path is a list, and its entries stay as they are written."""
import os
import sys

sys.argv.append("--suffix=late")
sys.path.append("../..")
sys.path += [os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib")]
sys.path[0:0] = [os.path.join(os.path.dirname(__file__), "first")]

from prefect.deployments.runner import EntrypointType

from shared import WHERE, shared
from team.deploy.jobs.nightly import nightly
from tools import tool

SUFFIX = sys.argv[1].partition("=")[2]

if __name__ == "__main__":
    shared.to_deployment(f"shared-{SUFFIX}", description=WHERE, work_pool_name="local").apply()
    nightly.to_deployment(f"nightly-{len(sys.argv)}", work_pool_name="local").apply()
    nightly.to_deployment(
        "module", work_pool_name="local", entrypoint_type=EntrypointType.MODULE_PATH
    ).apply()
    tool.to_deployment(
        f"tool-{sys.path[1] == os.getcwd()}", work_pool_name="local", entrypoint_type="module_path"
    ).apply()
