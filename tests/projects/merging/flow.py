from prefect import flow


@flow(name="merging")
def main(a=None, b=None, c=None, **more):
    pass
