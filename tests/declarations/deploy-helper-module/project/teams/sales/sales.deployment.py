import sys

sys.path.append("../..")

from flow import forecast
from platform_tools import register

register(forecast, cron="0 4 * * MON", tags={"sales", "ml"}, parameters={"weeks": 12})
register(forecast, name="adhoc", image="gpu", base="simple", env={"CUDA": "1"})
