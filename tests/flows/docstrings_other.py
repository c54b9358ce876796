from prefect import flow


@flow
def numpy(a: int, b: str = "x"):
    """Does it.

    Parameters
    ----------
    a : int
        The number.
    b : str, optional
        The text.
    """


@flow
def sphinx(a: int, b: str = "x"):
    """Does it.

    :param a: the number
    :type a: int
    :param str b: the text
    :returns: nothing
    """


@flow
def nothing(a: int):
    pass


@flow
def empty(a: int):
    """"""


@flow
def blank(a: int):
    """   """


@flow
def one_line(a: int):
    "Just one."


@flow
def raw(a: int):
    r"""Raw \d text.

    Args:
        a: \w+
    """


@flow
def formatted(a: int):
    f"""No docstring {1}."""


@flow
def joined(a: int):
    "first " "second"


@flow
def multiline(a: int):
    """
        Deep.
            Deeper.
        Back.

    """


@flow
def code(a: int):
    """Does it.

    ```python
    Args:
        a: not this
    ```

    Args:
        a: this
    """


@flow
def escaped(a: int):
    """Line one.\n\nArgs:\n    a: from escapes\n"""


@flow
def byte(a: int):
    b"""Bytes."""
