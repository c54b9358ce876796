import sys
from typing import Final

from prefect import flow

USAGE: Final = "usage: deployment.py [serve|test]"


@flow
def chosen(x: int = 0): ...


commands = {
    "register": lambda: chosen.to_deployment("registered").apply(),
    "test": lambda: chosen(x=1),
}


def main(arguments: list[str]) -> None:
    if len(arguments) > 1 and arguments[1] == "--help":
        sys.exit(USAGE)
    command = arguments[1] if len(arguments) > 1 else "register"
    commands.get(command, commands["test"])()


if __name__ == "__main__":
    main(sys.argv)
