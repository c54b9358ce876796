from prefect import flow


@flow
def guarded(x: int = 1): ...


if __name__ == "__main__":
    guarded.serve(name="never-when-imported")
