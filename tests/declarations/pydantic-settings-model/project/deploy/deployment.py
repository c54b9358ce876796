from config import Database, Deployed
from prefect import flow, serve


@flow
def ingest(database: Database = Database(), batch: int = 100): ...


settings = [
    Deployed(name="a"),
    Deployed(name="b", stage="prod", cron="0 3 * * *", tags=["x"], database=Database(port=6543)),
    Deployed.model_validate({"name": "c", "database": {"host": "other"}}),
]

if __name__ == "__main__":
    serve(
        *[
            ingest.to_deployment(
                name=it.full_name,
                cron=it.cron,
                tags=it.tags,
                parameters={"database": it.database.model_dump(), "batch": 10 * i},
            )
            for i, it in enumerate(settings)
        ]
    )
