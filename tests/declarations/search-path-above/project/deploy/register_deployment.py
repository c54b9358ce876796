"""A folder beside, through the one above."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "flows"))

from nightly import HERE, nightly

nightly.to_deployment("nightly", description=HERE, work_pool_name="local").apply()
