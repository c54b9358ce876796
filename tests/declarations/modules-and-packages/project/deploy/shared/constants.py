PREFIX: str = "acme"
QUEUES = dict(default="default", fast="fast")
