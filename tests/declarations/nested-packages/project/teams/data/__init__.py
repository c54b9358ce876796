from .settings import TEAM
