"""Reading and changing the weekly report from the dashboard: within rights, in somebody's name, masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name
from typing import Final, TypeVar

import streamlit as st

from dashboard import data, doors, people, recording, signin
from dashboard.report.document import Composed, compose
from dashboard.report.editions import Draft, approve, archived, open_draft, report_id
from dashboard.report.errors import ReportError
from dashboard.report.facts import gather
from dashboard.report.overlay import LaidOver, laid_over
from dashboard.settings import SettingsError
from warehouse import Lake
from warehouse.access import Action, Viewer
from warehouse.queries import Week, has_snapshot
from warehouse.queries.report_events import ReportFile
from warehouse.store.report_events import ReportStep, take_step
from warehouse.store.report_states import Step, rights

T = TypeVar("T")
GONE: Final = "Potret data draf ini sudah dihapus menurut aturan retensi; perbarui draf dari data terbaru."
NO_SENDER: Final = "Dasbor ini tidak dapat mengirim; jalankan `pati report send` di peladen."


def person(action: Action) -> str | None:
    """In whose name the report is changed, or None for somebody who only reads.

    In the demo everybody has one name: the role stands beside it, so that who edits and who approves
    can be two people there, too.
    """
    name = people.current(action)
    if name is not None and signin.is_demo(data.settings()):
        return f"{name} ({doors.role_name(data.viewer())})"
    return name


def can(step: Step) -> bool:
    """Whether whoever is signed in may take a step at all, and answers for it by name."""
    return any(person(action) for action in rights(step))


@st.cache_data(max_entries=8, show_spinner="Menyusun laporan …")
def _composed(home: str, snapshot: int, as_of: datetime, week: str, hashes: tuple[str, ...]) -> Composed:  # noqa: ARG001 - the configuration is part of the key
    with Lake(Path(home), now=as_of) as newest:
        if not has_snapshot(newest, snapshot):
            raise ReportError(GONE)
    config = data.config()
    with Lake(Path(home), now=as_of, snapshot=snapshot) as lake:
        return compose(gather(lake, config, Week.parse(week)), config)


def composed(found: Draft) -> Composed:
    """The machine's document of a draft, before anybody edited it.

    Raises:
        AccessError: not for this viewer.
        ReportError: the draft's snapshot was cleared away.
    """
    data.admit("report", report_id(found.week))
    base = found.base
    if base is None or base.snapshot is None or base.as_of is None:
        raise ReportError(GONE)
    hashes = tuple(value for _, value in sorted(data.config().hashes.items()))
    return _composed(str(data.settings().home), base.snapshot, base.as_of, found.week.iso, hashes)


def edited(found: Draft, machine: Composed) -> LaidOver:
    """The document with everything that people changed."""
    return laid_over(machine, found.overlay, data.config())


def masked(words: str) -> str:
    """What somebody typed, without personal data.

    Raises:
        SettingsError: this dashboard may not write.
    """
    return recording.mask(data.settings(), data.config(), words.strip())


def step(found: Draft, what: ReportStep) -> None:
    """Take a step with what this person has before their eyes.

    Raises:
        AccessError: not by whoever is signed in.
        SettingsError: this dashboard may not write.
        ValueError: not now, or not by this person (one Indonesian sentence).
        warehouse.errors.LakeError: the lake is busy or missing.
    """
    key = report_id(found.week)
    right = next((one for one in rights(what.action) if people.current(one)), rights(what.action)[0])
    _write(
        right,
        lambda lake, name: take_step(lake, key, what, name, seen=found.seen),
        f"report {key} {what.action}",
    )


def begin(week: Week, *, again: bool = False) -> None:
    """Make a draft from the newest data; raises as `step`."""
    _write(
        "report_edit",
        lambda lake, name: open_draft(lake, week, name, again=again),
        f"report {report_id(week)} based",
    )


def settle(found: Draft) -> None:
    """Approve it: its files are printed and archived; raises as `step`, and ReportError if that fails."""
    _write(
        "report_approve",
        lambda lake, name: approve(lake, data.config(), found.week, name, found.seen),
        f"report {report_id(found.week)} approved",
    )


def send(week: Week, *, again: bool = False, release: bool = False) -> str:
    """Send the approved edition; what happened in words; raises as `step`."""
    where = data.settings()
    if where.sender is None:
        raise SettingsError(NO_SENDER)
    sender: Callable[..., str] = resolve_name(where.sender)
    return _write(
        "report_edit",
        lambda lake, name: sender(lake, where.config_dir, week, name, again=again, release=release),
        f"report {report_id(week)} sent",
    )


def opened(file: ReportFile) -> bytes:
    """The bytes of an archived file; raises as `editions.archived`."""
    data.admit("report", file.report_id)
    return archived(data.settings().home, file)


def _write(action: Action, work: Callable[[Lake, str], T], detail: str) -> T:
    data.admit(action)
    name = person(action)
    if name is None:
        raise SettingsError(recording.READ_ONLY)

    def named(lake: Lake, _who: Viewer) -> T:
        return work(lake, name)

    return data.change(action, named, detail=detail)
