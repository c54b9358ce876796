STATE = {"count": 0}

from app import first
