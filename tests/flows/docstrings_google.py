from prefect import flow


@flow
def simple(a: int, b: str = "x"):
    """Does it.

    Args:
        a: the number
        b: the text
    """


@flow
def typed(a: int, b: str = "x", c: list = []):
    """Does it.

    Args:
        a (int): the number
        b (str, optional): the text. Defaults to "x".
        c (list[int]): many: really
    """


@flow
def arguments(a: int):
    """
    Does it.

    Arguments:
        a: the number
            goes on here
            and here
    """


@flow
def params(a: int, b: int):
    """Params:
        a: first
        b: second
    """


@flow
def parameters(a: int):
    """Does it.

    Parameters:
        a: first

    Returns:
        Something.

    Raises:
        ValueError: never
    """


@flow
def paragraphs(a: int, b: int):
    """Does it.

    Args:
        a: first paragraph

            second paragraph

        b: after a blank
    """


@flow
def unknown(a: int):
    """Does it.

    Args:
        a: known
        z: not a parameter
        *args: neither
    """


@flow
def twice(a: int, b: int):
    """Does it.

    Args:
        a: first

    Args:
        b: second
    """


@flow
def lower(a: int):
    """Does it.

    args:
        a: first
    """


@flow
def no_blank(a: int):
    """Does it.
    Args:
        a: first
    """


@flow
def no_indent(a: int, b: int):
    """Does it.

    Args:
    a: first
    b: second
    """


@flow
def titled(a: int):
    """Does it.

    Args: The arguments
        a: first
    """


@flow
def keyword(a: int, b: int = 1):
    """Does it.

    Keyword Args:
        a: first

    Other Parameters:
        b: second
    """


@flow
def deeper(a: int, b: int):
    """Does it.

        Args:
            a: first
            b: second
    """


@flow
def after_text(a: int):
    """Does it.

    Example:
        >>> x

    Note:
        Something.

    Args:
        a: first
    And text.
    """


@flow
def tabs(a: int, b: int):
    """Does it.

	Args:
		a: first
		b: second
    """


@flow
def odd_items(a: int, b: int, c: int):
    """Does it.

    Args:
        a - the first
        b : spaced
        c:no blank
    """


@flow
def empty_items(a: int, b: int):
    """Does it.

    Args:
        a:
        b:
            on the next line
    """


@flow
def blank_after(a: int, b: int):
    """Does it.

    Args:

        a: first
        b: second
    """


@flow
def bulleted(a: str, b: dict):
    """Does it.

    Args:
        a: one of:
            - x: the x
            - y: the y
        b: a mapping with keys:

            * k1: (str) first
            * k2: second
    Returns:
        None
    """


@flow
def trailing(a: int, b: int):
    r"""Does it.

    Args:
        a: back\slash   
        b (int): ends with colon:
    """


@flow
def two_spaces(a: int, b: int):
    """Does it.

    Args:
      a: first
        more
      b: second
         even more
    """
