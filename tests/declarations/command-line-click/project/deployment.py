import click
from prefect import flow


@flow
def clicked(n: int = 1): ...


@click.command()
@click.option("--verbose/--quiet", default=False, help="say more")
def main(verbose):
    """Registers everything."""
    if verbose:
        click.echo("registering")
    clicked.to_deployment(name="clicked", tags=["cli"]).apply()


if __name__ == "__main__":
    main()
