import click
from prefect import flow


@flow
def staged(n: int = 1): ...


@click.command()
@click.option("--env", envvar="APP_ENV", default="dev")
@click.option("--limit", envvar=["NO_LIMIT", "APP_LIMIT"], default=1)
@click.option("--region", envvar="APP_REGION", default="eu")
def main(env, limit, region):
    staged.to_deployment(name=f"{env}-{region}", parameters={"n": limit}, tags=[env]).apply()


if __name__ == "__main__":
    main()
