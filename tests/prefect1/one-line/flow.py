from prefect import task, Flow; from prefect.storage import Local

@task(nout=1,)
def one(): return 1

with Flow("one-line", storage=Local()) as f: one()

f.run()
f.register("p"); print("registered")
