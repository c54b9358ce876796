from datetime import datetime
from pathlib import Path

from prefect import flow

MODEL = (Path(__file__).parent / "model.txt").read_text().strip()


@flow(name="Dolly Bot")
def dolly_bot(prompt: str, model: str = MODEL, temperature: float = 0.7, since: datetime = datetime(2023, 4, 12)):
    """Answers in Slack."""
    return prompt
