"""Comparing labels with the right ones, by task and slice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nlp.corpus.records import Record

STANCES = ("negatif", "netral", "positif")
_SHORT = 8  # words
_GROUPS = (
    "all", *KINDS, "lang_id", "lang_jv", "lang_mixed", "mock_praise", "sarcasm", "negation", "slang",
    "krama", "short", "no_keyword",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """What was answered for one text."""

    relevant: bool
    topic: str
    topic_score: float
    opd: tuple[str, ...]
    sentiment: str | None
    sentiment_score: float
    kecamatan: tuple[str, ...]


def slices(record: Record) -> set[str]:
    """Groups of texts a record belongs to."""
    tags = set(record.tags)
    found = {"all", record.kind, f"lang_{record.language}"}
    found |= {name for name in ("mock_praise", "negation", "slang", "krama", "no_keyword") if name in tags}
    if tags & {"sarcasm", "mock_praise"}:
        found.add("sarcasm")
    if len(record.text.split()) <= _SHORT:
        found.add("short")
    return found


def figures(records: Sequence[Record], guesses: Sequence[Guess]) -> dict[str, float]:
    """All figures of a labelled set, by name; a slice's name follows a dot."""
    pairs = list(zip(records, guesses, strict=True))
    out = {
        "relevance_f1": _f1([(r.relevant, g.relevant) for r, g in pairs], positive=True),
        "kecamatan_f1": _sets_f1([(set(r.kecamatan), set(g.kecamatan)) for r, g in pairs]),
        "topic_ece": calibration_error(
            [(g.topic_score, r.topic == g.topic) for r, g in pairs if r.relevant and g.relevant]
        ),
        "sentiment_ece": calibration_error(
            [(g.sentiment_score, r.sentiment == g.sentiment) for r, g in pairs if r.sentiment and g.sentiment]
        ),
        "topic_acc_at_85": accuracy_at(records, guesses, 0.85),
    }
    out |= {f"topic_f1_of.{topic}": score for topic, score in by_topic(records, guesses).items()}
    for group in _GROUPS:
        inside = [(r, g) for r, g in pairs if group in slices(r)]
        if inside:
            out |= {f"{name}.{group}": value for name, value in _group(inside).items()}
    return {name: round(value, 4) for name, value in sorted(out.items())}


def _group(pairs: Sequence[tuple[Record, Guess]]) -> dict[str, float]:
    stance = [(r.sentiment, g.sentiment) for r, g in pairs if r.sentiment]
    offices = [(r.opd[0], g.opd) for r, g in pairs if r.opd]
    out = {
        "topic_acc": share(r.topic == g.topic for r, g in pairs),
        "topic_f1": macro([(r.topic, g.topic) for r, g in pairs], {r.topic for r, _ in pairs}),
    }
    if offices:
        out["opd_first"] = share(bool(opd) and opd[0] == wanted for wanted, opd in offices)
        out["opd_three"] = share(wanted in opd for wanted, opd in offices)
    if stance:
        out["sentiment_f1"] = macro(stance, set(STANCES) & {wanted for wanted, _ in stance})
        out["sentiment_acc"] = share(wanted == got for wanted, got in stance)
    return out


def stance_figures(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Figures of sentences whose stance is known, as (right, answered)."""
    return {
        "n": float(len(pairs)),
        "sentiment_acc": round(share(wanted == got for wanted, got in pairs), 4),
        "sentiment_f1": round(macro(pairs, {wanted for wanted, _ in pairs}), 4),
    }


def by_topic(records: Sequence[Record], guesses: Sequence[Guess]) -> dict[str, float]:
    """F1 of every topic."""
    pairs = [(r.topic, g.topic) for r, g in zip(records, guesses, strict=True)]
    return {topic: round(_f1(pairs, positive=topic), 4) for topic in sorted({r.topic for r in records})}


def calibration_error(rows: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over equally wide bins of confidence."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in rows:
        groups.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    gaps = (abs(sum(c for c, _ in group) - sum(r for _, r in group)) for group in groups.values())
    return sum(gaps) / max(1, len(rows))


def accuracy_at(records: Sequence[Record], guesses: Sequence[Guess], coverage: float) -> float:
    """Topic accuracy when only the surest share `coverage` of the texts gets an answer."""
    pairs = sorted(zip(records, guesses, strict=True), key=lambda pair: -pair[1].topic_score)
    return share(r.topic == g.topic for r, g in pairs[: int(len(pairs) * coverage)])


def share(values: Iterable[bool]) -> float:
    """Share of true values; 0 of none."""
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _f1(pairs: Iterable[tuple[object, object]], *, positive: object) -> float:
    tally = Counter((wanted == positive, got == positive) for wanted, got in pairs)
    right, wrong = tally[True, True], tally[True, False] + tally[False, True]
    return 2 * right / (2 * right + wrong) if right or wrong else 1.0


def macro(pairs: Sequence[tuple[object, object]], classes: Iterable[object]) -> float:
    """Mean F1 over classes of (right, answered) pairs."""
    found = [_f1(pairs, positive=name) for name in classes]
    return sum(found) / len(found) if found else 0.0


def _sets_f1(pairs: Iterable[tuple[set[str], set[str]]]) -> float:
    right = wrong = 0
    for wanted, got in pairs:
        right += len(wanted & got)
        wrong += len(wanted ^ got)
    return 2 * right / (2 * right + wrong) if right or wrong else 1.0


def table(columns: Mapping[str, Mapping[str, float]]) -> str:
    """Figures side by side, one per line."""
    names = sorted({name for column in columns.values() for name in column})
    head = f"{'':28}" + "".join(f"{title:>10}" for title in columns)
    lines = [
        f"{name:28}" + "".join(f"{column.get(name, float('nan')):10.3f}" for column in columns.values())
        for name in names
    ]
    return "\n".join([head, *lines])
