from ..common import company

TEAM = f"{company()}-data"
