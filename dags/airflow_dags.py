"""DAG files for Airflow 3: hourly from collect to watch, and the weekly report on Monday morning.

Without Airflow installed this module imports and defines nothing.
"""

from __future__ import annotations

from datetime import timedelta

from dags.stages import HOURLY_STAGES, WEEKLY_STAGES, run_stage, send_report

try:
    import pendulum
    from airflow.sdk import dag, task
except ImportError:
    dag = None

if dag is not None:
    START = pendulum.datetime(2026, 1, 1, tz="Asia/Jakarta")
    DEFAULTS = {"retries": 2, "retry_delay": timedelta(minutes=5)}

    def _chain(stages: tuple[str, ...]) -> None:
        previous = None
        for name in stages:
            step = task(task_id=name)(run_stage)(name)
            if previous is not None:
                previous >> step
            previous = step

    @dag(schedule="5 * * * *", start_date=START, catchup=False, max_active_runs=1, default_args=DEFAULTS)
    def pati_hourly() -> None:
        """Collect → load → enrich → link → watch, five minutes past every hour."""
        _chain(HOURLY_STAGES)

    @dag(schedule="0 6 * * 1", start_date=START, catchup=False, max_active_runs=1, default_args=DEFAULTS)
    def pati_weekly_report() -> None:
        """The weekly report, Monday 06.00 WIB."""
        _chain(WEEKLY_STAGES)

    @dag(schedule="*/15 * * * *", start_date=START, catchup=False, max_active_runs=1, default_args=DEFAULTS)
    def pati_report_delivery() -> None:
        """The approved report, from its day and hour in `report.yaml` on; asking often is right."""
        task(task_id="send_report")(send_report)()

    pati_hourly()
    pati_weekly_report()
    pati_report_delivery()
