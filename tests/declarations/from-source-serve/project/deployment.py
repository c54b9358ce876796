from pathlib import Path

from prefect import flow

here = Path(__file__).resolve().parent

if __name__ == "__main__":
    report = flow.from_source(source=here / "jobs", entrypoint="report.py:report")
    report.serve(name="served-report", cron="0 8 * * 1", pause_on_shutdown=False)
