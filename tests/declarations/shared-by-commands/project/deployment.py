"""One command calls another, with what both share."""
import click
from prefect import flow
from prefect.deployments import Deployment


@flow
def etl(x: int = 1):
    """Extract, transform and load."""


@click.group(invoke_without_command=True)
@click.pass_context
def cli(ctx):
    ctx.ensure_object(dict)
    ctx.obj["pool"] = "local"
    if ctx.invoked_subcommand is None:
        ctx.invoke(apply, env="dev")


@cli.command()
@click.option("--env", "-e", default="prod")
@click.option("--tag", "tags", multiple=True, default=["a", "b"])
@click.pass_obj
def apply(obj, env, tags=("a", "b")):
    Deployment.build_from_flow(
        flow=etl, name=f"etl-{env}", tags=list(tags), work_pool_name=obj["pool"], skip_upload=True
    ).apply()


if __name__ == "__main__":
    cli()
