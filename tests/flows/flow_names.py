from prefect import flow

TEAM = "data"
NAME = f"{TEAM}-load"
VERSION = "1.2"


@flow(name="With Spaces")
def spaced():
    pass


@flow(name=NAME)
def constant():
    pass


@flow(name=f"{TEAM} extract")
def formatted():
    pass


@flow(name="a" "b")
def joined():
    pass


@flow(name="a" + "-" + TEAM)
def added():
    pass


@flow(version=VERSION, description=f"Of {TEAM}")
def versioned():
    """Not this."""


@flow(name=None, description=None, version=None)
def nones():
    """This.

    And this.
    """


@flow(name="")
def empty_name():
    pass


def with_under_scores():
    pass


@flow(description="")
def empty_description():
    """The docstring."""


@flow(name="Grüße ✓")
def unicode_name():
    pass
