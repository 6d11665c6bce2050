"""The scheduler: APScheduler rings, `times.due` decides, a process of its own works.

APScheduler keeps its next times by the machine's clock; when that jumps back by years, its jobs would sleep
as long. So the clock is looked at every few seconds, and a job whose next time no longer fits is seated anew.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from config import ConfigError
from config.schedule import JobName, JobTime
from config.zones import WIB
from pipelines.faults import clock_jumped
from pipelines.scheduling import book, numbers
from pipelines.scheduling.attempt import Answer, attempt, end
from pipelines.scheduling.lock import alone
from pipelines.scheduling.times import SLACK, after, due, is_due
from pipelines.settings import Settings

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 10.0
LANES: Final[dict[JobName, str]] = {
    "run": "heavy", "report": "heavy", "maintain": "heavy", "backup": "heavy",
    "send": "light", "heartbeat": "light",
}  # fmt: skip
"""Heavy jobs wait for each other; a small machine does one at a time. The light ones do not wait for them."""
CLOCK: Final = "clock"
"""In place of a job: the fault is over with the next good run."""


class Engine:
    """The scheduler of one home folder.

    Args:
        settings: of this installation.
        say: is told in Indonesian what was done.
        look_seconds: how often the clock is looked at.
    """

    def __init__(
        self, settings: Settings, say: Callable[[str], None] = log.info, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self.settings = settings
        self._say, self._look_seconds = say, look_seconds
        self._book = book.read(settings.home)
        self._guard = threading.RLock()
        self._stop = threading.Event()
        self._running: dict[JobName, subprocess.Popen[str]] = {}
        self._waiting: set[JobName] = set()
        self._clock: tuple[datetime, float] | None = None
        self._stamp = _stamp(settings)

    def once(self) -> bool:
        """Do what is due, one after the other, and end.

        Returns:
            Whether all of it went well.

        Raises:
            RunError: a scheduler is at work on this home folder.
        """
        with alone(self.settings), self._ended_by_signals():
            self._begin()
            good = True
            for name in due(self.jobs, self._lasts(), self.settings.now()):
                if not self._stop.is_set():
                    good &= self._attempt(name)
            self._keep(self._book)
            return good

    def serve(self) -> None:
        """Work until a signal ends it.

        Raises:
            RunError: a scheduler is at work on this home folder.
        """
        with alone(self.settings), self._ended_by_signals():
            self._begin()
            lanes = _lanes()
            self._seat(lanes)
            lanes.start()
            try:
                self._tick(lanes)
                while not self._stop.wait(self._look_seconds):
                    self._tick(lanes)
            finally:
                self._stop.set()
                self._end_children()
                lanes.shutdown(wait=True)
                self._keep(self._book)

    def stop(self) -> None:
        """Let `serve` or `once` come to an end."""
        self._stop.set()

    @property
    def jobs(self) -> dict[JobName, JobTime]:
        """The jobs that are on."""
        return self.settings.config.schedule.jobs.on()

    @property
    def known(self) -> book.Book:
        """What is remembered now."""
        return self._book

    def _begin(self) -> None:
        now = self.settings.now()
        with self._guard:
            known = book.cut_off(book.read(self.settings.home), now)
            known = replace(known, since=known.since or now)
            limit = timedelta(minutes=self.settings.config.schedule.limits.clock_jump_minutes)
            if known.seen_at and known.seen_at - now > limit:
                known = self._jumped(known, now - known.seen_at, now)
            self._keep(known)

    def _seat(self, lanes: BackgroundScheduler) -> None:
        """Give APScheduler the jobs that are on."""
        for job in lanes.get_jobs():
            if job.id not in self.jobs:
                lanes.remove_job(job.id)
        for name, when in self.jobs.items():
            lanes.add_job(
                self._ring, _trigger(when), args=[name], id=name, executor=LANES[name], replace_existing=True
            )

    def _tick(self, lanes: BackgroundScheduler) -> None:
        """Look at the clock, the configuration and what is due."""
        self._look_at_the_clock()
        if self._reloaded():
            self._seat(lanes)
        now = self.settings.now()
        wanted = set(due(self.jobs, self._lasts(), now))
        for job in lanes.get_jobs():
            name: JobName = job.id
            with self._guard:
                here = name in self._running or name in self._waiting
                if name in wanted and not here:
                    self._waiting.add(name)
            if name in wanted and not here:
                job.modify(next_run_time=datetime.now(WIB))
            elif job.next_run_time > after(self.jobs[name], datetime.now(UTC)) + SLACK:
                job.modify(next_run_time=after(self.jobs[name], datetime.now(UTC)).astimezone(WIB))

    def _ring(self, name: JobName) -> None:
        """APScheduler rang: the job is done if it is due."""
        with self._guard:
            self._waiting.discard(name)
            wanted = name in self.jobs and is_due(
                self.jobs[name], self._lasts().get(name), self.settings.now()
            )
        if wanted and not self._stop.is_set():
            self._attempt(name)

    def _attempt(self, name: JobName) -> bool:
        """Do one job and remember what became of it; whether it went well."""
        now = self.settings.now()
        with self._guard:
            self._keep(book.begun(self._book, name, now))

        def started(process: subprocess.Popen[str]) -> None:
            with self._guard:
                self._running[name] = process
                if self._stop.is_set():
                    process.terminate()

        answer = attempt(self.settings, name, self.jobs[name].limit_minutes, started)
        with self._guard:
            self._running.pop(name, None)
            if self._stop.is_set() and answer.fault and answer.fault.code == "killed":
                self._keep(book.stopped(self._book, name))
                return True
            self._learn(name, now, answer)
        self._say(f"{name}: {answer.message}")
        return answer.outcome != "failed"

    def _learn(self, name: JobName, began: datetime, answer: Answer) -> None:
        tried = book.Tried(began, round(answer.seconds, 1), answer.outcome, answer.message)
        known = book.ended(self._book, name, tried, answer.fault)
        if name == "run" and answer.outcome == "ok":
            known = book.over(known, CLOCK, began)
        if answer.numbers:
            try:
                numbers.keep(self.settings.home, answer.numbers)
            except OSError:
                log.exception("numbers not kept")
        self._keep(book.measured(known, numbers.wrong(self.settings, known), self.settings.now()))

    def _keep(self, known: book.Book) -> None:
        """Remember, on disk too if it will take it."""
        self._book = replace(known, seen_at=self.settings.now())
        try:
            book.write(self.settings.home, self._book)
        except OSError:
            log.exception("the schedule's book was not written")

    def _lasts(self) -> dict[JobName, datetime | None]:
        known = self._book.jobs
        return {name: known[name].began_at if name in known else None for name in self.jobs}

    def _look_at_the_clock(self) -> None:
        """Notice a clock that went otherwise than time did; a machine that slept is no jump."""
        now, steady = self.settings.now(), _steady()
        before, self._clock = self._clock, (now, steady)
        if before is None:
            return
        jump = (now - before[0]) - timedelta(seconds=steady - before[1])
        limit = timedelta(minutes=self.settings.config.schedule.limits.clock_jump_minutes)
        if self.settings.fixed_now is None and abs(jump) > limit:
            with self._guard:
                self._keep(self._jumped(self._book, jump, now))

    def _jumped(self, known: book.Book, jump: timedelta, now: datetime) -> book.Book:
        fault = clock_jumped(jump, now)
        self._say(fault.sentence)
        return book.happened(known, CLOCK, fault, now)

    def _reloaded(self) -> bool:
        """Take over a configuration that changed; a broken one is said by every job and changes nothing."""
        stamp = _stamp(self.settings)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        fresh = replace(self.settings)
        try:
            fresh.config  # noqa: B018 - read here, so that a broken one is not taken over
        except ConfigError as error:
            log.warning("configuration not taken over: %s", error)
            return False
        self.settings = fresh
        return True

    def _end_children(self) -> None:
        with self._guard:
            running = list(self._running.values())
        for process in running:
            end(process)

    @contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        """SIGTERM and Ctrl+C end the block: first what is at work, then itself."""

        def caught(_number: int, _frame: object) -> None:
            self._stop.set()
            threading.Thread(target=self._end_children, daemon=True).start()

        here = threading.current_thread() is threading.main_thread()
        before = {one: signal.signal(one, caught) for one in (signal.SIGTERM, signal.SIGINT)} if here else {}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _lanes() -> BackgroundScheduler:
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    return BackgroundScheduler(
        timezone=WIB,
        executors={"heavy": ThreadPoolExecutor(1), "light": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )


def _trigger(when: JobTime) -> Any:  # noqa: ANN401 - a trigger of APScheduler, which has no types
    from apscheduler.triggers.cron import CronTrigger

    from config.days import WEEKDAYS

    if when.at is None:
        return CronTrigger(minute=",".join(map(str, when.minutes or ())), timezone=WIB)
    day = WEEKDAYS.index(when.day) if when.day else None
    return CronTrigger(day_of_week=day, hour=when.at.hour, minute=when.at.minute, timezone=WIB)


def _steady() -> float:
    """Seconds of a clock that nobody can set and that goes on while the machine sleeps."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def _stamp(settings: Settings) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of the configuration does."""
    if settings.config_dir is None:
        return ()
    found = []
    for path in sorted(settings.config_dir.rglob("*.y*ml")):
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(found)
