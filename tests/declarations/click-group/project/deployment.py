import click
from prefect import flow

@flow
def t(n: int = 1): ...

@click.group(invoke_without_command=True)
@click.option("--env", default="dev", envvar="X_ENV", show_default=True)
@click.pass_context
def cli(ctx, env):
    if ctx.invoked_subcommand is None:
        ctx.invoke(deploy, name=env)

@cli.command("deploy")
@click.option("--name", required=True, type=str)
def deploy(name):
    t.to_deployment(name).apply()

if __name__ == "__main__":
    cli()
