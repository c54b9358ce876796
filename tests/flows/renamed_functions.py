"""Flows of functions whose name or docstring is set before."""

from prefect import flow


def renamed(prefix):
    def decorate(fn):
        fn.__name__ = prefix + fn.__name__
        return flow(fn)

    return decorate


@renamed("the_")
def load(a: int = 1):
    """Loads."""


def described(text):
    def decorate(fn):
        fn.__doc__ = (fn.__doc__ or "") + text
        return flow(fn)

    return decorate


@described("\n\n    More.")
def with_more(a: int = 1):
    """Says this."""


@described("Only this.")
def with_only(a: int = 1):
    pass


def made(name):
    def run(n: int = 3):
        pass

    run.__name__ = name
    run.__doc__ = f"Runs {name}."
    return flow(run)


made_first = made("made_first")
made_second = made("second_made")


def changed(a: int = 8):
    """What it was."""


changed.__doc__ = None
changed.__name__ = "other_name"
changed = flow(changed)
