"""Measure the analyser on labelled texts.

Reads content files (YAML lists of items with `kind`, `text` and `labels`), fills their slots
with the first hand-written value, and compares. Used while rules and word lists are worked on:

    python -m nlp.evaluate samples/content [--misses 20]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from config import load_config
from nlp.analyzer import Analyzer
from nlp.types import KIND_ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nlp.types import Analysis

# Outlets of the sample world that write about more than one regency.
GENERAL_OUTLETS = frozenset(("infomuriaraya", "detakjateng"))
_STANDARD = {
    "kec": "Tayu", "desa": "Sambiroto", "tgl": "12 Agustus 2026", "hari_tgl": "Rabu (12/8/2026)",
    "n": "12", "nama": "Slamet Raharjo", "nik": "3318000000000000", "hp": "0812-0000-0000",
    "plat": "K 1234 XY", "norumah": "12",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text."""

    item: str
    kind: str
    scope: str
    title: str | None
    text: str
    labels: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """One label that differs."""

    field: str
    item: str
    text: str
    wanted: object
    got: object


def examples(folder: Path) -> Iterator[Example]:
    """Read every labelled item under a folder, slots filled."""
    items = [
        item
        for path in sorted(folder.rglob("*.yaml"))
        for item in yaml.safe_load(path.read_text(encoding="utf-8")) or ()
        if isinstance(item, dict) and "labels" in item and "text" in item
    ]
    titles = {item["id"]: item.get("title") for item in items}
    for item in items:
        if item.get("parent"):  # a comment is read with the headline of its video
            item = {**item, "title": titles.get(item["parent"])}  # noqa: PLW2901 - a copy
        yield _example(item)


def _example(item: dict[str, Any]) -> Example:
    slots = dict(_STANDARD)
    own = item.get("slots") or {}
    slots.update({name: str(values[0]) for name, values in own.items() if values})
    title = item.get("title")
    outlets = item.get("outlets") or []
    general = isinstance(outlets, list) and any(outlet in GENERAL_OUTLETS for outlet in outlets)
    labels = dict(item["labels"])
    labels["kecamatan"] = [_fill(str(name), slots) for name in labels.get("kecamatan") or ()]
    return Example(
        item=str(item["id"]),
        kind=KIND_ALIASES.get(item["kind"], item["kind"]),
        scope="general" if general else "pati_only",
        title=_fill(str(title), slots) if title else None,
        text=_fill(str(item["text"]), slots),
        labels=labels,
    )


def _fill(text: str, slots: dict[str, str]) -> str:
    for _ in range(2):  # a slot value may hold a standard slot
        for name, value in slots.items():
            text = text.replace("{" + name + "}", value)
    return text


def compare(found: Sequence[Example], results: Sequence[Analysis]) -> list[Miss]:
    """List every label that differs."""
    misses: list[Miss] = []
    for example, result in zip(found, results, strict=True):
        wanted, text = example.labels, f"{example.title or ''} | {example.text}"[:220]

        def differ(
            field: str, want: object, got: object, where: Example = example, shown: str = text
        ) -> None:
            if want != got:
                misses.append(Miss(f"{where.kind}:{field}", where.item, shown, want, got))

        differ("relevant", wanted["relevant"], result.relevant)
        if not wanted["relevant"]:
            continue
        first = wanted["opd"][0] if wanted.get("opd") else None
        differ("topic", wanted["topic"], result.topic)
        differ("opd", first, result.opd[0][0] if result.opd else None)
        differ("sentiment", wanted["sentiment"], result.sentiment)
        differ("kecamatan", sorted(wanted["kecamatan"]), sorted(result.kecamatan))
    return misses


def figures(found: Sequence[Example], results: Sequence[Analysis]) -> dict[str, dict[str, float]]:
    """Compute the figures by kind of text, and over all under ``semua``.

    Returns:
        kind to {n, relevance F1, topic accuracy, OPD first choice, OPD in three, sentiment
        macro-F1, kecamatan F1}, shares between 0 and 1.
    """
    pairs = list(zip(found, results, strict=True))
    table = {kind: _of([p for p in pairs if p[0].kind == kind]) for kind in sorted({e.kind for e in found})}
    table["semua"] = _of(pairs)
    return table


def _of(pairs: Sequence[tuple[Example, Analysis]]) -> dict[str, float]:
    relevant = [(e, r) for e, r in pairs if e.labels["relevant"] and r.relevant]
    owned = [(e, r) for e, r in relevant if e.labels.get("opd")]
    places = Counter[str]()
    for example, result in relevant:
        wanted, got = set(example.labels["kecamatan"]), set(result.kecamatan)
        places.update(both=len(wanted & got), wanted=len(wanted), got=len(got))
    stance = [(e.labels["sentiment"], r.sentiment) for e, r in relevant]
    return {
        "n": float(len(pairs)),
        "relevan F1": _f1([(e.labels["relevant"], r.relevant) for e, r in pairs], True),  # noqa: FBT003 - the class
        "topik": _share(e.labels["topic"] == r.topic for e, r in relevant),
        "OPD 1": _share(e.labels["opd"][0] in [o for o, _ in r.opd[:1]] for e, r in owned),
        "OPD 3": _share(e.labels["opd"][0] in [o for o, _ in r.opd[:3]] for e, r in owned),
        "sentimen F1": _macro(stance),
        "kecamatan F1": 2 * places["both"] / max(1, places["wanted"] + places["got"]),
    }


def _share(hits: Iterable[bool]) -> float:
    found = list(hits)
    return sum(found) / len(found) if found else 0.0


def _macro(pairs: Sequence[tuple[object, object]]) -> float:
    classes = sorted({str(wanted) for wanted, _ in pairs if wanted is not None})
    return sum(_f1(pairs, name) for name in classes) / len(classes) if classes else 0.0


def _f1(pairs: Iterable[tuple[object, object]], positive: object) -> float:
    tally = Counter((wanted == positive, got == positive) for wanted, got in pairs)
    right, wrong = tally[True, True], tally[True, False] + tally[False, True]
    return 2 * right / (2 * right + wrong) if right or wrong else 1.0


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table and, on request, what was missed."""
    parser = argparse.ArgumentParser(description="Ukur aturan pada teks berlabel.")
    parser.add_argument("folder", type=Path, help="folder berisi berkas YAML berlabel")
    parser.add_argument("--misses", type=int, default=0, help="tampilkan sekian kesalahan per label")
    parser.add_argument("--field", default="", help="hanya kesalahan label ini, misalnya comment:topic")
    options = parser.parse_args(argv)
    found = list(examples(options.folder))
    if not found:
        print(f"tidak ada teks berlabel di {options.folder}", file=sys.stderr)  # noqa: T201 - a command
        return 1
    analyzer = Analyzer.load(load_config())
    results = analyzer.analyze(
        [e.text for e in found], [e.kind for e in found], [e.scope for e in found], [e.title for e in found]
    )
    for kind, row in figures(found, results).items():
        cells = "  ".join(f"{name} {value:.3f}" for name, value in row.items() if name != "n")
        print(f"{kind:10} n={row['n']:4.0f}  {cells}")  # noqa: T201 - a command
    by_field: dict[str, list[Miss]] = defaultdict(list)
    for miss in compare(found, results):
        if options.field in miss.field:
            by_field[miss.field].append(miss)
    for name, missed in sorted(by_field.items()):
        for miss in missed[: options.misses]:
            print(f"{name} {miss.item}: {miss.wanted} != {miss.got}\n    {miss.text!r}")  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
