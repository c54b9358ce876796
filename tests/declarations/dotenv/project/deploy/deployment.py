import os
from pathlib import Path

from dotenv import dotenv_values, load_dotenv
from prefect import flow

load_dotenv()
load_dotenv(dotenv_path=Path(__file__).parent / ".env")
config = dotenv_values(Path(__file__).with_name(".env"))


@flow
def app(retention: int): ...


app.deploy(
    name="app",
    work_pool_name=os.getenv("POOL"),
    image=os.environ["IMAGE"],
    build=False,
    push=False,
    parameters={"retention": int(os.environ["RETENTION"])},
    tags=[os.environ["OWNER"], f"empty:{config['EMPTY']!r}", config["POOL"]],
)
