from prefect import flow
main = main
f = flow(f)
g = g.with_options(name=g)
@main.with_options(name="x")
@flow(name=name)
def main(x=lambda: main):
    main(main)
