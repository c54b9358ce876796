import flows
from prefect import serve
from registry import DEPLOYMENTS

assert flows

if __name__ == "__main__":
    serve(*(flow.to_deployment(name, **options) for flow, name, options in DEPLOYMENTS))
