# -*- coding: utf-8 -*-
#!/usr/bin/env python
"""Flow of the comments."""
from __future__ import annotations

from prefect import (
    Flow,  # the flow
    Parameter,
    task,
)


# the first task
@task(
    name="first",
    max_retries=3,  # three times
    nout=2,
    slug="first",
)  # end
def first():
    """First."""
    # inside
    return 1, 2


with Flow("comments") as flow:  # the flow
    # before the parameter
    n = Parameter("n", default=1)

    # before the call
    a, b = first()  # behind the call
    # at the end

# after
