try:
    from pipelines.flow_a import flow_a
except ModuleNotFoundError:
    from flow_a import flow_a
import helpers as h
from helpers import *

flow_a.to_deployment(h.label("x", level=LEVELS[-1]), tags=list(LEVELS)).apply()
