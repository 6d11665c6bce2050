"""The life of a report between the machine's draft and its readers. Pure: no lake, no clock.

draft → reviewed → approved → sent. Whoever changed a report neither reviews nor approves it, and a
change sends it back to the draft, also after it was approved or sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from warehouse.access import Action

State = Literal["draft", "reviewed", "approved", "sent"]
Step = Literal[
    "based", "worded", "hidden", "shown", "moved", "advised", "withdrawn", "judged", "reviewed", "returned",
    "approved", "sent",
]  # fmt: skip
STEPS: Final[tuple[Step, ...]] = get_args(Step)
EDITS: Final[frozenset[Step]] = frozenset(
    {"worded", "hidden", "shown", "moved", "advised", "withdrawn", "judged"}
)
"""Steps that change what is printed."""

_FROM: Final[dict[Step, dict[State, State]]] = {
    "reviewed": {"draft": "reviewed"},
    "returned": {"reviewed": "draft", "approved": "draft"},
    "approved": {"reviewed": "approved"},
    "sent": {"approved": "sent", "sent": "sent"},
}
"""What each step asks for, and where it leads; all others may always be taken and lead to the draft."""
_REFUSED: Final[dict[Step, str]] = {
    "reviewed": "Hanya draf yang dapat ditandai diperiksa; muat ulang halaman untuk melihat keadaannya.",
    "returned": "Hanya laporan yang sudah diperiksa atau disetujui dan belum terkirim yang dapat dikembalikan.",
    "approved": "Laporan harus diperiksa dahulu sebelum disetujui.",
    "sent": "Hanya laporan yang sudah disetujui yang dapat dikirim.",
}
_FOREIGN: Final[dict[Step, str]] = {
    "reviewed": "Laporan harus diperiksa orang lain, bukan oleh yang menyuntingnya.",
    "approved": "Laporan harus disetujui orang lain, bukan oleh yang menyuntingnya.",
}


def rights(step: Step) -> tuple[Action, ...]:
    """What one must be allowed for a step: any of these."""
    if step == "approved":
        return ("report_approve",)
    return ("report_edit", "report_approve") if step == "returned" else ("report_edit",)


@dataclass(frozen=True, slots=True)
class Life:
    """Where a report stands.

    Attributes:
        state: of it.
        editors: who changed it, in folded letters; they neither review nor approve it.
        edition: how often it was approved.
    """

    state: State = "draft"
    editors: frozenset[str] = frozenset()
    edition: int = 0

    def after(self, step: Step, person: str) -> Life:
        """The life after one more step.

        Raises:
            ValueError: it cannot be taken now, or not by this person (one Indonesian sentence).
        """
        known = person.strip().casefold()
        if not known:
            raise ValueError("Nama yang melakukannya harus disebut.")
        if step not in _FROM:
            editors = self.editors | ({known} if step in EDITS else set())
            return Life("draft", editors, self.edition)
        if self.state not in _FROM[step]:
            raise ValueError(_REFUSED[step])
        if step in _FOREIGN and known in self.editors:
            raise ValueError(_FOREIGN[step])
        return Life(_FROM[step][self.state], self.editors, self.edition + (step == "approved"))


def life(steps: Iterable[tuple[Step, str]]) -> Life:
    """The life after all steps that were taken, each with its person."""
    found = Life()
    for step, person in steps:
        found = found.after(step, person)
    return found
