import os
import sys

root = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 4))
if root not in sys.path:
    sys.path.insert(0, root)
os.chdir(root)

from teams.data.flows import hourly_flow

where = os.path.relpath(os.path.dirname(os.path.abspath(__file__)), root)
hourly_flow.to_deployment(name=where.replace(os.sep, "."), tags=where.split("/"), cron="0 * * * *").apply()
