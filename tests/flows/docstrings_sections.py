from prefect import flow


@flow
def section_after(a: int, b: int):
    """Does it.

    Args:
        a: first
        b: second
    Returns:
        nothing
    """


@flow
def unknown_section(a: int):
    """Does it.

    Arg:
        a: first
    """


@flow
def upper(a: int):
    """Does it.

    ARGS:
        a: first
    """


@flow
def spaced(a: int):
    """Does it.

    Args :
        a: first
    """


@flow
def trailing_space(a: int):
    """Does it.

    Args:   
        a: first
    """


@flow
def inner_section(a: int):
    """Does it.

    Returns:
        Args:
            a: inside
    """


@flow
def first_line(a: int):
    """Args:
        a: first
    """


@flow
def two_blanks(a: int, b: int):
    """Does it.


    Args:
        a: first


        b: second
    """


@flow
def duplicate(a: int):
    """Does it.

    Args:
        a: first
        a: again
    """


@flow
def types_with_colons(a: dict, b: object):
    """Does it.

    Args:
        a (Dict[str, int]): mapping
        b (:obj:`str`, optional): reference
    """


@flow
def typed_oddly(a: int, b: int, c: int):
    """Does it.

    Args:
        a(int): no blank
        b [int]: brackets
        c (int) text: unusual
    """


@flow
def from_signature(a, b=None):
    """Does it.

    Args:
        a (int):
        b (str): two
          three
    """


@flow
def attributes(a: int):
    """Does it.

    Attributes:
        a: attribute
    """


@flow
def not_blank_before_items(a: int, b: int):
    """Does it.

    Some text:
    Args:
        a: first

    Args:

        b: second
    """


@flow
def continued_less(a: int, b: int):
    """Does it.

    Args:
        a: first
         one more
        b: second
                 much more
    """


@flow
def with_url(a: str):
    """Does it.

    Args:
        a: see https://example.com/a:b (really)
            and: this
    """
