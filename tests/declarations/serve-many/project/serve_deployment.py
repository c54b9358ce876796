from datetime import timedelta

from prefect import serve

from flows import fast, slow

if __name__ == "__main__":
    slow_deploy = slow.to_deployment(name="sleeper", interval=45, tags=["slow"])
    fast_deploy = fast.to_deployment(
        name="fast", interval=timedelta(hours=12), parameters={"sleep": 1.25}, description="quick"
    )
    serve(slow_deploy, fast_deploy, limit=2)
