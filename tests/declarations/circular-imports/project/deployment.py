import app
import app.first as again
from prefect import flow


@flow
def circular(n: int = app.STATE["count"]): ...


assert again is app.first
circular.to_deployment("circular", tags=[app.first.name()], parameters={"n": app.STATE["count"]}).apply()
