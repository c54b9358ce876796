from prefect import flow, task
@flow(name="My Flow!", description="""
  Long
    text
""")
def my_flow(url: str, retries: "int" = 3, tags: list = None): ...
