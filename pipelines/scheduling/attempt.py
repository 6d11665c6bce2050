"""One job in a process of its own, with a time limit."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from config.schedule import JobName
from pipelines.child_process import ChildError, child
from pipelines.faults import Fault, of_error, of_exit, too_slow
from pipelines.scheduling.book import Outcome
from pipelines.settings import Settings

MODULE: Final = "pipelines.scheduling.work"
GRACE_SECONDS: Final = 20.0
"""Between asking a process to end and ending it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one try.

    Attributes:
        outcome: see `book.Tried`.
        message: one Indonesian sentence.
        seconds: how long it took.
        fault: why it failed.
        numbers: what was measured afterwards.
    """

    outcome: Outcome
    message: str
    seconds: float
    fault: Fault | None = None
    numbers: dict[str, Any] | None = None


def attempt(
    settings: Settings, job: JobName, minutes: float, started: Callable[[subprocess.Popen[str]], None]
) -> Answer:
    """Do a job; never raises what the job or the machine did wrong.

    Args:
        settings: of this installation.
        job: which.
        minutes: how long it may take.
        started: is given its process, to end it from elsewhere.
    """
    began = time.monotonic()
    late = threading.Event()

    def watched(process: subprocess.Popen[str]) -> None:
        started(process)
        threading.Thread(target=_end_when_late, args=(process, minutes * 60, late), daemon=True).start()

    found: dict[str, Any] = {}
    try:
        with child(settings, MODULE, {"job": job}, f"schedule-{job}.stderr.log", watched) as lines:
            for line in lines:
                found = json.loads(line)
    except ChildError as error:
        fault = too_slow(job, round(minutes)) if late.is_set() else of_exit(error.code, job, error.said)
        return Answer("failed", fault.sentence, time.monotonic() - began, fault)
    except (OSError, ValueError) as error:  # the disk is full already for its log, or its line was cut off
        fault = too_slow(job, round(minutes)) if late.is_set() else of_error(error, job)
        return Answer("failed", fault.sentence, time.monotonic() - began, fault)
    seconds = time.monotonic() - began
    if not found:
        fault = of_exit(1, job)
        return Answer("failed", fault.sentence, seconds, fault)
    told = found["fault"]
    return Answer(
        found["outcome"], found["message"], seconds, Fault(**told) if told else None, found["numbers"]
    )


def end(process: subprocess.Popen[str], grace: float = GRACE_SECONDS) -> None:
    """Ask a process to end, and end it if it does not."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(timeout=grace)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            process.kill()


def _end_when_late(process: subprocess.Popen[str], seconds: float, late: threading.Event) -> None:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        late.set()
        end(process)
