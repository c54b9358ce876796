import os
from prefect.deployments import Deployment
from prefect.filesystems import Azure
from flow import main

Deployment.build_from_flow(
    flow=main, name="Adhoc", storage=Azure.load("twentysix"), path=os.getcwd()[os.getcwd().find("orion_flows"):]
).apply()
