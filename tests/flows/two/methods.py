from prefect import flow


class Jobs:
    @staticmethod
    @flow
    def fixed(a: int = 1):
        pass

    @classmethod
    @flow
    def of_class(cls, a: int = 1):
        pass


@flow
def alone(a: int = 1):
    pass
