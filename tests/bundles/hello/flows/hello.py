from typing import Optional
from prefect import flow


@flow(log_prints=True)
def hello(who: str = "you", times: int = 1, note: Optional[str] = None):
    """Says hello.

    Args:
        who: whom to greet
    """
    for _ in range(times):
        print(f"hello {who}")
