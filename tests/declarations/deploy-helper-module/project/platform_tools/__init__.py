"""Shared by all teams."""
from platform_tools.deploy import register
