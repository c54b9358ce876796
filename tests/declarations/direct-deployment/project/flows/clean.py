from prefect import flow


@flow
def clean_tables(tables: list[str], dry_run: bool = True):
    ...
