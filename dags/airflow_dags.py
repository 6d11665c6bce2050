"""DAG files for Airflow 3: what runs after what, when, and what it brings up to date.

Without Airflow installed this module imports and defines nothing.
"""

from __future__ import annotations

from datetime import timedelta

from dags import stages

try:
    import pendulum
    from airflow.sdk import Asset, AssetOrTimeSchedule, CronTriggerTimetable, dag, task
except ImportError:
    dag = None

if dag is not None:
    ZONE = "Asia/Jakarta"
    ALWAYS = {
        "start_date": pendulum.datetime(2026, 1, 1, tz=ZONE),
        "catchup": False,
        "max_active_runs": 1,
        "tags": ["pati-maju"],
        "default_args": {
            "retries": 4,
            "retry_delay": timedelta(seconds=stages.RETRY_SECONDS),
            "retry_exponential_backoff": True,
            "max_retry_delay": timedelta(minutes=30),
            "execution_timeout": timedelta(hours=6),
        },
    }

    def _cron(line: str) -> CronTriggerTimetable:
        return CronTriggerTimetable(line, timezone=ZONE)

    def define(tenant: str | None) -> None:
        """All DAGs of one regency."""
        name = f"_{tenant}" if tenant else ""
        lake, labels, stories, report, models = (
            Asset(name=f"pati{name}_{what}", uri=f"x-pati://{tenant or 'pati'}/{what}")
            for what in ("lake", "labels", "stories", "report", "models")
        )

        @dag(dag_id=f"pati_hourly{name}", schedule=_cron(f"{stages.minute(tenant)} * * * *"), **ALWAYS)
        def hourly() -> None:
            """Collect, by source within a pool per host; load; label in parts; link; watch."""
            first = task(task_id="begin")(stages.begin)(tenant)
            # one lane that failed does not keep the others' batches waiting
            take = task(task_id="load", pool="pati_lake", outlets=[lake], trigger_rule="all_done")
            load = take(stages.run_stage)("load", tenant)
            for lane, sources in stages.lanes(tenant).items():
                work = task(task_id=f"collect_{lane}", pool=stages.pool_of(lane), queue="collect")
                parts = work(stages.collect).partial(lane=lane, tenant=tenant).expand(source=sources)
                first >> parts >> load
            label = task(task_id="enrich", pool="pati_enrich", outlets=[labels])(stages.enrich)
            parts = label.partial(n=stages.PARTS, tenant=tenant).expand(k=list(range(stages.PARTS)))
            link = task(task_id="link", pool="pati_lake", outlets=[stories])(stages.run_stage)
            watch = task(task_id="watch", pool="pati_lake", inlets=[stories])(stages.run_stage)
            load >> parts >> link("link", tenant) >> watch("watch", tenant)

        @dag(dag_id=f"pati_index{name}", schedule=[labels], **ALWAYS)
        def index() -> None:
            """The search index, after new labels."""
            task(task_id="index", inlets=[labels])(stages.refresh_index)(tenant)

        @dag(dag_id=f"pati_weekly_report{name}", schedule=_cron("0 6 * * 1"), **ALWAYS)
        def weekly() -> None:
            """The weekly report, Monday 06.00 WIB, from the newest lake."""
            write = task(task_id="publish", pool="pati_lake", inlets=[lake, stories], outlets=[report])
            write(stages.run_stage)("publish", tenant)

        asked = AssetOrTimeSchedule(timetable=_cron("*/15 * * * *"), assets=[report])

        @dag(dag_id=f"pati_report_delivery{name}", schedule=asked, **ALWAYS)
        def delivery() -> None:
            """The approved report, from its day and hour in `report.yaml` on; asking often is right."""
            task(task_id="send_report", inlets=[report])(stages.send_report)(tenant)

        @dag(dag_id=f"pati_maintenance{name}", schedule=_cron("30 1 * * *"), **ALWAYS)
        def maintenance() -> None:
            """Every night: old versions go, small files become large ones."""
            task(task_id="maintain", pool="pati_lake", outlets=[lake])(stages.maintain)(tenant)

        @dag(dag_id=f"pati_training{name}", schedule=_cron("0 2 1 * *"), **ALWAYS)
        def training() -> None:
            """Every month: models from what people corrected, adopted only if no figure drops."""
            task(task_id="train", inlets=[labels], outlets=[models])(stages.train)(tenant)

        for define_one in (hourly, index, weekly, delivery, maintenance, training):
            define_one()

    for one in stages.deployments():
        define(one)
