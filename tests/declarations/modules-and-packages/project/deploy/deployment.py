import importlib

import jobs.common
import jobs.hourly as hourly_package
import shared
from jobs import common as c
from shared import *

flow = hourly_package.hourly
extra = importlib.import_module("shared.constants")

flow.to_deployment(
    name=name_of(flow),
    parameters={"batch": jobs.common.BATCH + c.BATCH},
    tags=TAGS + [DEFAULT_QUEUE, extra.PREFIX, shared.constants.QUEUES["fast"], str("_hidden" in globals()), __name__],
).apply()
