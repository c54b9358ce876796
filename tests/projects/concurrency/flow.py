from prefect import flow


@flow(name="concurrency")
async def main():
    """Must not run thrice."""
