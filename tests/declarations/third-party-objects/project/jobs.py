import httpx
import jinja2
import sqlalchemy as sa
import tenacity
from prefect import flow, task
from requests.adapters import HTTPAdapter
from sqlalchemy.orm import declarative_base
from tenacity import retry, stop_after_attempt

Base = declarative_base()
client = httpx.Client(timeout=10)
engine = sa.create_engine("sqlite://")
templates = jinja2.Environment(loader=jinja2.DictLoader({"a": "{{ b }}"}))
metadata = sa.MetaData()
orders = sa.Table("orders", metadata, sa.Column("id", sa.Integer, primary_key=True))


class Row(Base):
    __tablename__ = "rows"
    id = sa.Column(sa.Integer, primary_key=True)


class Adapter(HTTPAdapter):
    attempts = 3

    def send(self, *args, **kwargs):
        return super().send(*args, **kwargs)


@retry(stop=stop_after_attempt(3), wait=tenacity.wait_fixed(1))
def fetch(url):
    return client.get(url)


@task
def store(row: Row): ...


@flow(name="third party")
def job(url: str = "https://a.example", attempts: int = Adapter.attempts, row: Row = None):
    """Uses what others wrote."""
    store(fetch(url))
