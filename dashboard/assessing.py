"""What people write for an assessment: scores, reviews, marks on evidence, judgements, packs.

Every write goes through `data.change`, which asks for the right, books the write and books a refusal.
Words are masked before they are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeVar

from config.quick_wins import Judging
from dashboard import data, recording
from dashboard.pack import Issued, Request, make_for, note
from dashboard.settings import SettingsError
from warehouse import Lake
from warehouse.access import Viewer
from warehouse.store.assessment import Cell, enter_score, review_entry, withdraw_entry
from warehouse.store.evidence import Mark, mark_evidence
from warehouse.store.judging import judge_quick_win

T = TypeVar("T")


def may_write() -> bool:
    """Whether whoever is signed in may write here."""
    return recording.allowed(data.settings(), data.viewer(), "assess")


def mark(cell: Cell, doc_ids: Sequence[str], how: Mark, comment: str) -> None:
    """Pin, reject, clear or comment on documents; raises as `warehouse.store.evidence.mark_evidence`.

    Raises:
        SettingsError: this dashboard may not write.
    """
    words = _masked(comment)
    _write(lambda lake: mark_evidence(lake, cell, doc_ids, how, words), f"evidence {how} {cell.about}")


def enter(cell: Cell, score: float, justification: str, doc_ids: Sequence[str], seen: int) -> None:
    """Enter a level; raises as `enter_score`, and as `mark`."""
    words = _masked(justification)
    _write(lambda lake: enter_score(lake, cell, score, words, doc_ids, seen=seen), f"score {cell.about}")


def review(cell: Cell, position: int, verdict: Literal["accepted", "returned"], remark: str) -> None:
    """Accept or return somebody else's entry; raises as `review_entry`, and as `mark`."""
    words = _masked(remark)
    _write(lambda lake: review_entry(lake, cell, position, verdict, words), f"{verdict} {cell.about}")


def withdraw(cell: Cell, position: int) -> None:
    """Take one's own entry back; raises as `withdraw_entry`, and as `mark`."""
    _write(lambda lake: withdraw_entry(lake, cell, position), f"withdrawn {cell.about}")


def judge(rules: Judging, year: int, quick_win: str, scores: Mapping[str, int | None], remark: str) -> None:
    """Score a quick win; raises as `judge_quick_win`, and as `mark`."""
    words = _masked(remark)
    _write(
        lambda lake: judge_quick_win(lake, rules, year, quick_win, scores, words),
        f"judged {quick_win} {year}",
    )


def issue(asked: Request, role: str) -> Issued:
    """Make a pack and note it; nobody has it before it is noted.

    Raises:
        AccessError: not by whoever is signed in.
        SettingsError: this dashboard may not write.
        PackError: there is nothing to issue.
        ReportError: the PDF could not be made.
        warehouse.errors.LakeError: the lake is busy or missing.
    """
    _refuse_reading()
    where, issuer = data.settings(), data.admit("assess", asked.instrument.id)
    made, facts = make_for(where.home, where.now, data.config(), asked, issuer, role, _masked)
    _write(lambda lake: note(lake, made, facts), f"evidence_pack {made.pack_id}")
    data.note("exported", made.pack_id, f"evidence_pack {role} n={made.n_documents}")
    return made


def _masked(words: str) -> str:
    return recording.mask(data.settings(), data.config(), words.strip()) if words.strip() else ""


def _refuse_reading() -> None:
    if data.settings().masker is None or not recording.named(data.settings()):
        raise SettingsError(recording.READ_ONLY)


def _write(work: Callable[[Lake], T], detail: str) -> T:
    data.admit("assess", detail)
    _refuse_reading()

    def named(lake: Lake, _who: Viewer) -> T:
        return work(lake)

    return data.change("assess", named, detail=detail)
