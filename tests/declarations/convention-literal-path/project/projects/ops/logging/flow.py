from prefect import flow, get_run_logger


@flow
def logging_flow():
    """Logs at every level."""
    get_run_logger().info("hello")
