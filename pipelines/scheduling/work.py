"""The process that does one job: `python -m pipelines.scheduling.work`; see `child_process`.

The order is ``{"job": NAME}``. Lines back: one, ``{"outcome", "message", "fault", "numbers"}``. A process
of its own for each job: what a job leaks is gone with it, and what kills it leaves the scheduler alive.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pipelines.faults import Fault, clock_doubtful, of_error, unsent

if TYPE_CHECKING:
    from config.schedule import JobName
    from pipelines.settings import Settings
    from warehouse import Lake

log = logging.getLogger(__name__)
STALE = timedelta(days=14)
"""Without a document of so many days the clock is doubted, and nothing is thrown away by it."""
MEASURED = ("run", "maintain", "backup")
"""Jobs after which the lake is measured."""
BEHIND = 10
"""What a job adds to its nice value: whoever looks at the dashboard goes first."""
WAITING = ("report_waiting",)
"""Faults with which a job has done all it could: somebody is waited for."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job.

    Attributes:
        message: one Indonesian sentence.
        fault: what is wrong though the job came to its end.
    """

    message: str
    fault: Fault | None = None


def main() -> None:
    """Do the job named on standard input and say on standard output what became of it."""
    from pipelines.child_process import answer_parent

    if hasattr(os, "nice"):  # not on Windows
        os.nice(BEHIND)
    order, send = answer_parent()
    send(answer(order["job"]))


def answer(job: JobName) -> dict[str, Any]:
    """Do a job; whatever happens becomes an answer."""
    # Imported here: the process that reads pages imports this module too and needs none of it.
    from pipelines.logs import to_file
    from pipelines.privacy import key_masker
    from pipelines.scheduling.numbers import free_bytes, gathered
    from pipelines.settings import Settings
    from warehouse.errors import LakeMissingError

    mask: Callable[[str], str] = str
    settings = None
    try:
        settings = Settings.load()
        mask = key_masker(settings.config)
        to_file(settings.logs, f"schedule-{job}", mask, secrets=settings.secrets())
        done = WORK[job](settings)
        outcome = "failed" if done.fault and done.fault.code not in WAITING else "ok"
    except LakeMissingError as error:
        outcome, done = "skipped", Done(str(error))
    except Exception as error:
        log.exception("job %s failed", job)
        fault = of_error(error, job, free_bytes(settings.home) if settings else None)
        outcome, done = "failed", Done(fault.sentence, fault)
    told = replace(done.fault, sentence=mask(done.fault.sentence)) if done.fault else None
    return {
        "outcome": outcome, "message": mask(done.message), "fault": asdict(told) if told else None,
        "numbers": gathered(settings) if settings and job in MEASURED else None,
    }  # fmt: skip


def _run(settings: Settings) -> Done:
    from pipelines.result import HOURLY
    from pipelines.run import run_stages
    from pipelines.scheduling.heartbeat import ping
    from pipelines.scope import Scope

    results = run_stages(settings, HOURLY, scope=Scope(due_only=True))
    ping(settings)
    return Done(" ".join(one.message for one in results if one.message))


def _report(settings: Settings) -> Done:
    from pipelines.run import run_stages

    _lake_there(settings)
    return Done(" ".join(one.message for one in run_stages(settings, ("publish",))))


def _send(settings: Settings) -> Done:
    from pipelines.report_sending import send_due
    from pipelines.run import open_lake

    _lake_there(settings)
    with open_lake(settings) as lake:
        done = send_due(lake, settings)
        if done.n_failed or done.n_unsure or done.problems:
            return Done(done.message, unsent(done.n_failed, done.n_unsure, done.problems))
        waiting = waiting_week(lake, settings)
    return Done(done.message, waiting)


def waiting_week(lake: Lake, settings: Settings) -> Fault | None:
    """A report that should be on its way and that nobody approved; only where somebody should get it."""
    from dashboard.report.editions import draft_of
    from pipelines.faults import Facts, of_state
    from pipelines.report_sending.engine import due_at
    from pipelines.report_sending.receivers import receivers
    from warehouse.queries import last_complete_week

    week, now = last_complete_week(settings.now()), settings.now()
    if now < due_at(settings.config.report.delivery, week) or not receivers(settings)[0]:
        return None
    if draft_of(lake, week).life.state in ("approved", "sent"):
        return None
    found = of_state(Facts(now, report_waiting=week.iso), settings.config.schedule)
    return found[0] if found else None


def _maintain(settings: Settings) -> Done:
    from pipelines.progress import Silent
    from pipelines.upkeep import maintain
    from warehouse import Lake, queries

    _lake_there(settings)
    with Lake(settings.home, now=settings.now()) as lake:
        through = queries.status(lake).data_through
    if through is not None and settings.now() - through > STALE:
        # words would leave because a clock says so that may be years ahead
        fault = clock_doubtful(through, settings.now())
        return Done(fault.sentence, fault)
    done = maintain(settings, Silent())
    said = (
        f"Isi utuh {done.n_texts} teks di gudang dan {done.n_landed} di hasil pengumpulan dilepas, juga "
        f"{done.n_snapshots} versi lama; {done.n_merged} berkas digabung."
    )
    return Done(" ".join([said, *done.notes]))


def _backup(settings: Settings) -> Done:
    from pipelines.progress import Silent
    from pipelines.safekeeping import back_up_home, backup_folder

    rules = settings.config.schedule.backup
    done, dropped = back_up_home(settings, backup_folder(settings), Silent(), landing=rules.landing)
    said = f"Cadangan {done.manifest.name}: {len(done.manifest.files)} berkas, {done.n_new} baru"
    return Done(said + (f"; {dropped} yang lama dibuang." if dropped else "."))


def _heartbeat(settings: Settings) -> Done:
    from pipelines.scheduling.heartbeat import beat

    beat(settings)
    return Done("Tanda hidup dicatat.")


def _lake_there(settings: Settings) -> None:
    """No job but the first makes a lake.

    Raises:
        LakeMissingError: there is none yet.
    """
    from warehouse import lake_exists
    from warehouse.errors import LakeMissingError

    if not lake_exists(settings.home):
        raise LakeMissingError(settings.home)


WORK: dict[str, Callable[[Settings], Done]] = {
    "run": _run, "send": _send, "report": _report, "maintain": _maintain, "backup": _backup,
    "heartbeat": _heartbeat,
}  # fmt: skip


if __name__ == "__main__":
    main()
