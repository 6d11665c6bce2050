"""When `pati schedule` does what, and how it says that it is alive."""

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.base import Strict, Text, Url
from config.days import Clock, Weekday

JobName = Literal["run", "send", "report", "maintain", "backup", "heartbeat"]
JOBS: tuple[JobName, ...] = get_args(JobName)
"""All jobs, in the order in which those that are due together are done."""

Minute = Annotated[int, Field(ge=0, le=59)]
Limit = Annotated[int, Field(ge=1, le=1440)]


class JobTime(Strict):
    """When one job is done (WIB); either every hour, or at an hour of every day or of one weekday.

    Attributes:
        minutes: minutes of every hour; None: not every hour.
        at: time of day; None: every hour.
        day: weekday of `at`; None: every day.
        limit_minutes: a job that takes longer is ended and tried again at its next time.
    """

    minutes: Annotated[tuple[Minute, ...], Field(min_length=1)] | None = None
    at: Clock | None = None
    day: Weekday | None = None
    limit_minutes: Limit = 60

    @model_validator(mode="after")
    def _one_way_to_say_when(self) -> "JobTime":
        if (self.minutes is None) == (self.at is None):
            message = "isi salah satu: 'minutes' (menit tiap jam) atau 'at' (jam sehari)"
            raise PydanticCustomError("job_time", message, {"key": "minutes"})
        if self.day and self.at is None:
            raise PydanticCustomError("job_time", "'day' hanya dipakai bersama 'at'", {"key": "day"})
        return self


class Jobs(Strict):
    """``jobs`` of ``schedule.yaml``; None: the job is off.

    Attributes:
        run: collect, load, enrich, link, watch.
        send: hands out the approved report, from its hour in ``report.yaml`` on.
        report: writes the weekly report.
        maintain: full words leave when their time is over, old versions and files are cleared.
        backup: backs the home folder up and drops the oldest backups.
        heartbeat: notes that the system is alive.
    """

    run: JobTime | None = JobTime(minutes=(5,), limit_minutes=180)
    send: JobTime | None = JobTime(minutes=(0, 15, 30, 45), limit_minutes=30)
    report: JobTime | None = JobTime(at="06:00", day="senin")
    maintain: JobTime | None = JobTime(at="01:30", limit_minutes=180)
    backup: JobTime | None = JobTime(at="02:30", limit_minutes=360)
    heartbeat: JobTime | None = JobTime(minutes=(10, 25, 40, 55), limit_minutes=5)

    def on(self) -> dict[JobName, JobTime]:
        """The jobs that are on, by name, in the order of `JOBS`."""
        found: dict[JobName, JobTime | None] = {name: getattr(self, name) for name in JOBS}
        return {name: one for name, one in found.items() if one is not None}


class BackupPlace(Strict):
    """``backup`` of ``schedule.yaml``.

    Attributes:
        folder: where backups go, relative to the home folder; None: ``<home>-cadangan`` beside it.
        landing: take loaded batches of the landing zone too.
        max_age_days: an older newest backup is a fault.
    """

    folder: Text | None = None
    landing: bool = True
    max_age_days: Annotated[int, Field(ge=1, le=365)] = 2


class Heartbeat(Strict):
    """``heartbeat`` of ``schedule.yaml``.

    Attributes:
        silent_hours: so long without a good run, and people are told.
        ping: address that is asked after every good run (a dead man's switch); None: none.
    """

    silent_hours: Annotated[int, Field(ge=1, le=720)] = 6
    ping: Url | None = None


class Limits(Strict):
    """``limits`` of ``schedule.yaml``: from where on something is a fault.

    Attributes:
        free_gb: least free disk.
        quarantine: most records in quarantine.
        clock_jump_minutes: a jump of the machine's clock that is told.
    """

    free_gb: Annotated[float, Field(ge=0, le=10_000)] = 2.0
    quarantine: Annotated[int, Field(ge=1)] = 1000
    clock_jump_minutes: Annotated[int, Field(ge=1, le=1440)] = 10


class Schedule(Strict):
    """``schedule.yaml``.

    Attributes:
        jobs: when what is done.
        backup: where backups go.
        heartbeat: how silence is noticed.
        limits: when something is a fault.
        port: of 127.0.0.1, where ``/metrics`` and ``/healthz`` are; 0: nowhere.
    """

    jobs: Jobs = Jobs()
    backup: BackupPlace = BackupPlace()
    heartbeat: Heartbeat = Heartbeat()
    limits: Limits = Limits()
    port: Annotated[int, Field(ge=0, le=65535)] = 8510
