"""How a DAG runs a stage: the same function that `pati run` calls.

Importable without Airflow; the DAG files themselves need it.
"""

from __future__ import annotations

HOURLY_STAGES = ("collect", "load", "enrich", "link", "watch")
WEEKLY_STAGES = ("publish",)


def run_stage(name: str) -> dict[str, int | str]:
    """Run one stage with the settings of the environment (PATI_HOME, PATI_CONFIG).

    Returns:
        Its counts and message, as plain values for the task's log and return value.
    """
    from pipelines.run import run_stages
    from pipelines.scope import Scope
    from pipelines.settings import Settings

    result = run_stages(Settings.load(), (name,), scope=Scope(due_only=True))[0]
    return {
        "stage": result.stage,
        "n_in": result.n_in,
        "n_stored": result.n_stored,
        "n_duplicate": result.n_duplicate,
        "n_rejected": result.n_rejected,
        "message": result.message,
    }


def send_report() -> str:
    """Send the weekly report if its hour has come, somebody approved it and it was not sent yet.

    Returns:
        What happened, in one line.
    """
    from pipelines.report_sending import send_due
    from pipelines.run import open_lake
    from pipelines.settings import Settings

    settings = Settings.load()
    with open_lake(settings) as lake:
        return send_due(lake, settings).message
