"""Writing down what happened to a complaint; what the dashboard writes is only ever added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

import streamlit as st

from config import Config
from config.zones import WIB
from dashboard import data
from dashboard.settings import Settings, SettingsError
from warehouse import Lake
from warehouse.access import Action, Viewer, may
from warehouse.store import add_complaint_event
from warehouse.store.handover import hand_over as give

NOT_BY_HAND: Final = ("baru", "selesai_sistem")
"""What a channel alone can say: that a complaint came in, that it closed it by itself."""

LONGEST_NOTE: Final = 2_000
READ_ONLY: Final = "Dasbor ini hanya membaca; buka dengan `pati dashboard --recorder NAMA-UNIT`."


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody wants written down.

    Attributes:
        doc_id: the complaint.
        status: what happened, as a normalised status.
        day: when (WIB).
        clock: at what time (WIB).
        actor: the acting unit, None if it is not known.
        note: reply or remark as it was typed.
    """

    doc_id: str
    status: str
    day: date
    clock: time
    actor: str | None
    note: str

    @property
    def moment(self) -> datetime:
        """When it happened, aware."""
        return datetime.combine(self.day, self.clock.replace(second=0, microsecond=0), WIB)


def allowed(settings: Settings, who: Viewer, action: Action = "record") -> bool:
    """Whether this viewer may write here: they answer for it by name, and notes can be masked."""
    return named(settings) and settings.masker is not None and may(who, action)


def named(settings: Settings) -> bool:
    """Whether somebody answers by name for what is written here; if not, this dashboard only reads."""
    return settings.recorder is not None or settings.access == "sign_in"


def record(settings: Settings, config: Config, entry: Entry) -> bool:
    """Add one event to the history of a complaint, under the write lock of the lake.

    Returns:
        False if the same event was there already.

    Raises:
        AccessError: not by whoever is signed in, or not about this complaint.
        SettingsError: this dashboard may not write.
        ValueError: the event cannot be true; one Indonesian sentence.
        warehouse.errors.LakeError: the lake is busy or missing.
    """
    _refuse_reading(settings)
    note = mask(settings, config, entry.note[:LONGEST_NOTE].strip()) or None

    def work(lake: Lake, who: Viewer) -> bool:
        by = settings.recorder or who.user
        return add_complaint_event(lake, entry.doc_id, entry.status, note, entry.actor, entry.moment, by)

    return data.change("record", work, entry.doc_id, f"complaint_event {entry.status}")


def hand_over(settings: Settings, config: Config, doc_id: str, to: str, actor: str | None, note: str) -> None:
    """Give a complaint to the office it belongs to, now; raises as `record`."""
    _refuse_reading(settings)
    masked = mask(settings, config, note[:LONGEST_NOTE].strip()) or None

    def work(lake: Lake, who: Viewer) -> None:
        give(lake, doc_id, to, masked, actor, settings.writing_at, settings.recorder or who.user)

    data.change("record", work, doc_id, f"hand_over {to}")


def _refuse_reading(settings: Settings) -> None:
    if settings.masker is None or not named(settings):
        raise SettingsError(READ_ONLY)


def mask(settings: Settings, config: Config, words: str) -> str:
    """What somebody typed, without personal data.

    Raises:
        SettingsError: this dashboard was not given a masker.
    """
    if settings.masker is None:
        raise SettingsError(READ_ONLY)
    return _masker(settings.masker, settings.home, config)(words)


@st.cache_resource(max_entries=2, show_spinner=False)
def _masker(where: str, home: Path, _config: Config) -> Callable[[str], str]:
    make: Callable[[Config, Path], Callable[[str], str]] = resolve_name(where)
    return make(_config, home)
