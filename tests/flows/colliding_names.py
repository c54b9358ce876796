from prefect import flow


@flow(validate_parameters=False)
def model_methods(json: str, schema: int = 1, copy: bool = True, dict: str = "a", construct: int = 1, validate: bool = False):
    pass


@flow(validate_parameters=False)
def model_attributes(model_config: str = "a", model_fields: list = [], model_name: str = "x", fields: str = "y", model_dump: int = 1):
    pass


@flow(validate_parameters=False)
def odd_names(from_: str, class_: int = 1, type: str = "a", id: int = 1, name: str = "n", self_: int = 1, x1: int = 1, parameters: str = ""):
    pass


@flow(validate_parameters=False)
def unicode(größe: int, naïve: str = "x"):
    """Words.

    Args:
        größe: how large
    """


@flow(validate_parameters=False)
def selves(a, self, b: int = 1, cls=None):
    pass
