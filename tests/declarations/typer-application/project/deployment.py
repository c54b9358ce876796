import typer
from typing import Annotated, Optional
from prefect import flow

app = typer.Typer(help="x", add_completion=False)

@flow
def t(n: int = 1): ...

@app.command()
def deploy(name: Annotated[str, typer.Option("--name", "-n", help="N")] = "typed", tag: Optional[list[str]] = typer.Option(None), dry_run: bool = typer.Option(False, "--dry-run/--no-dry-run"), every: int = 60):
    """Deploy."""
    if dry_run:
        raise typer.Exit()
    d = t.to_deployment(name, interval=every, tags=tag or ["none"])
    d.apply()
    typer.secho("done", fg=typer.colors.GREEN)

if __name__ == "__main__":
    app()
