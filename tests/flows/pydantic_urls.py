from typing import Dict, List, Optional

from prefect import flow
from pydantic import AmqpDsn, AnyHttpUrl, AnyUrl, FileUrl, FtpUrl, HttpUrl, KafkaDsn, MongoDsn, MySQLDsn, PostgresDsn, RedisDsn, WebsocketUrl


@flow
def web(a: HttpUrl, b: AnyUrl, c: AnyHttpUrl = "http://a.b", d: Optional[HttpUrl] = None, e: List[HttpUrl] = []):
    pass


@flow
def others(a: FileUrl, b: FtpUrl, c: WebsocketUrl):
    pass


@flow
def databases(a: PostgresDsn, b: RedisDsn, c: MongoDsn, d: MySQLDsn, e: AmqpDsn, f: KafkaDsn):
    pass
