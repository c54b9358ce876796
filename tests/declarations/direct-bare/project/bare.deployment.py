from prefect.deployments import Deployment

Deployment(name="bare", flow_name="some-flow", entrypoint="flow.py:some_flow").apply()
