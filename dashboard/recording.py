"""Writing down what happened to a complaint: the only thing the dashboard ever writes, and it only adds."""

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
from warehouse.store import add_complaint_event

NOT_BY_HAND: Final = ("baru", "selesai_sistem")
"""What a channel alone can say: that a complaint came in, that it closed it by itself."""

LONGEST_NOTE: Final = 2_000


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


def allowed(settings: Settings) -> bool:
    """Whether this dashboard may write: somebody answers for it, and notes can be masked."""
    return settings.recorder is not None and settings.masker is not None


def record(settings: Settings, config: Config, entry: Entry) -> bool:
    """Add one event to the history of a complaint, under the write lock of the lake.

    Returns:
        False if the same event was there already.

    Raises:
        SettingsError: this dashboard may not write.
        ValueError: the event cannot be true; one Indonesian sentence.
        warehouse.errors.LakeError: the lake is busy or missing.
    """
    if settings.recorder is None or settings.masker is None:
        raise SettingsError("Dasbor ini hanya membaca; buka dengan `pati dashboard --recorder NAMA-UNIT`.")
    note = _masker(settings.masker, settings.home, config)(entry.note[:LONGEST_NOTE].strip()) or None
    with Lake(settings.home, now=settings.writing_at) as lake:
        added = add_complaint_event(
            lake, entry.doc_id, entry.status, note, entry.actor, entry.moment, settings.recorder
        )
    data.look_again()
    return added


@st.cache_resource(max_entries=2, show_spinner=False)
def _masker(where: str, home: Path, _config: Config) -> Callable[[str], str]:
    make: Callable[[Config, Path], Callable[[str], str]] = resolve_name(where)
    return make(_config, home)
