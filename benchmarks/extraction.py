"""How well pages are read: our gold set, real pages with truth, and real date strings.

The real pages lie in a folder (``PATI_SHARED``, default ``../shared``) that is not part of the
repository; without it only the gold set is measured.
Run: ``python benchmarks/extraction.py [--quick] [--json FILE]``.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.metrics import body_f1
from benchmarks.report import Figure, arguments, publish
from crawlers.dates import parse_date
from crawlers.extract import extract_article

NOW = datetime(2026, 11, 16, tzinfo=UTC)
DATES_NOW = datetime.fromisoformat("2024-09-11T10:00+07:00")


def benchmark_pages(folder: Path, limit: int | None) -> Iterator[tuple[str, str]]:
    """(truth, extracted) for the pages of the article extraction benchmark."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name in sorted(truth)[:limit]:
        html = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield truth[name]["articleBody"], extract_article(html, truth[name]["url"], now=NOW).text


def indonesian_pages(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """(name, figures) for the Indonesian pages with truth: body F1, and 1 or 0 per known field."""
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".truth.json")
        url = truth.get("url", f"https://{name}.example/")
        found = extract_article(path.with_name(f"{name}.html").read_bytes(), url, now=NOW)
        if "articleBody" in truth:
            figures = {"body F1": body_f1([(truth["articleBody"], found.text)])[2]}
            figures["canonical address right"] = float(found.canonical_url == url)
        else:
            known = truth["V1"]
            body = "\n".join(p for section in known["body"]["sections"] for p in section["paragraphs"])
            moment = datetime.fromisoformat(known["publishing_date"])
            figures = {
                "body F1": body_f1([(body, found.text)])[2],
                "title right": float(found.title == known["title"]),
                "instant right": float(found.published_at == moment),
                "author right": float(found.author == ", ".join(known["authors"])),
            }
        yield name, figures


def dates(path: Path) -> tuple[int, int, int]:
    """(right, silently wrong, unknown where a date was wanted) over a table of date strings."""
    right = wrong = unknown = 0
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found = parse_date(row["text"], now=DATES_NOW)
            want = row["expected"]
            if found is None:
                right, unknown = (right, unknown + 1) if want else (right + 1, unknown)
                continue
            exact = bool(want) and _agrees(found.at, want, row["precision"])
            right, wrong = (right + 1, wrong) if exact else (right, wrong + 1)
    return right, wrong, unknown


def _agrees(found: datetime, want: str, precision: str) -> bool:
    moment = datetime.fromisoformat(want)
    if precision == "day":
        return found.astimezone(DATES_NOW.tzinfo).date() == moment.date()
    return abs((found - moment).total_seconds()) < 60


def gold_set() -> dict[str, Figure]:
    """Figures on the pages of `tests/gold`, with the goals that the gate of the tests enforces."""
    from tests.gold import gold_pages
    from tests.gold.score import GOALS, LOWER_IS_BETTER, figures, read_all

    pages = sum(1 for _ in gold_pages())
    started = time.process_time()
    read = read_all()
    # rendering is a third of it and no part of reading
    cost = (time.process_time() - started) / pages * 1000
    found: dict[str, Figure] = {}
    for name, value in figures(read).items():
        what = name.removeprefix("gold.").replace(".", ", ")
        better_high = name not in LOWER_IS_BETTER
        found[f"gold set, {what}"] = Figure(value, GOALS.get(name), higher_is_better=better_high)
    found["gold set, CPU ms per page"] = Figure(cost, note=f"{pages} pages of 9 KB, rendering included")
    return found


def real_pages(folder: Path, *, quick: bool) -> dict[str, Figure]:
    """Figures on real pages and date strings.

    Args:
        folder: the folder ``real``.
        quick: only a third of the article benchmark, without its goal.
    """
    figures: dict[str, Figure] = {}
    started = time.process_time()
    pairs = list(benchmark_pages(folder / "aeb", 60 if quick else None))
    cost = (time.process_time() - started) / len(pairs) * 1000
    precision, recall, f1 = body_f1(pairs)
    note = f"{len(pairs)} pages, precision {precision:.3f}, recall {recall:.3f}"
    figures["article benchmark, body F1"] = Figure(f1, None if quick else 0.962, note=note)
    figures["article benchmark, CPU ms per page"] = Figure(cost, note="metadata, dates and body")
    for name, found in indonesian_pages(folder / "news_html_id"):
        for what, value in found.items():
            figures[f"{name}, {what}"] = Figure(value, note="1 page")
    right, wrong, unknown = dates(folder / "dates40.csv")
    total = right + wrong + unknown
    figures["date strings right"] = Figure(right, note=f"of {total}; {unknown} unknown")
    figures["date strings silently wrong"] = Figure(wrong, 0, higher_is_better=False, note=f"of {total}")
    return figures


def main() -> int:
    """Measure and print."""
    options = arguments(__doc__ or "")
    figures = gold_set()
    shared = Path(os.environ.get("PATI_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "real"
    if shared.is_dir():
        figures |= real_pages(shared, quick=options.quick)
    else:
        print(f"no real data at {shared}: only the gold set is measured (PATI_SHARED names the folder)")
    return publish("Reading pages", figures, options.json)


if __name__ == "__main__":
    sys.exit(main())
