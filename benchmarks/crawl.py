"""What a crawled page costs, ours beside four peers: the same pages, one core each.

A server on one core of this machine serves real pages (``PATI_SHARED``, default ``../shared``)
and the offline newsroom's; each crawler runs in a fresh process on the other core. CPU is user
and system time of the crawler and of everything it starts. Every crawler runs twice, on a few
pages and on all: the difference is what pages cost, the rest is its start (imports, caches).
Run: ``python benchmarks/crawl.py [--quick] [--json FILE]``.
"""

from __future__ import annotations

import json
import math
import os
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.crawling import pages as corpus
from benchmarks.crawling.job import LAG, TASK
from benchmarks.crawling.measure import ROOT, Usage, on_core, run
from benchmarks.crawling.ours import configure
from benchmarks.crawling.pages import Page, address
from benchmarks.crawling.scoring import Quality, landed, lines, score
from benchmarks.report import Figure, arguments, publish
from samples.world import NOW

PEERS = ROOT / ".tools" / "peers" / "bin" / "python"
SERVER_CORE, CRAWLER_CORE = 0, 1
ALL, QUICK, FEW = 1000, 200, 40
MOST_LAG, MOST_MEMORY, MOST_GROWTH = 100.0, 600.0, 30.0
MISSING = "peer not installed: make peers"


@dataclass(frozen=True, slots=True)
class Crawler:
    """One row.

    Attributes:
        name: as shown.
        module: its job in `benchmarks.crawling`.
        python: the interpreter that has its libraries.
        most: how much of its CPU per page ours may take, None where nothing was promised.
    """

    name: str
    module: str
    python: Path
    most: float | None = None


OURS = Crawler("Pati Maju", "ours", Path(sys.executable))
BARE = Crawler("Scrapy + trafilatura", "bare_scrapy", Path(sys.executable), 0.6)
CRAWLERS = (
    OURS,
    BARE,
    Crawler("trafilatura fetch_url", "fetch_trafilatura", Path(sys.executable)),
    Crawler("newspaper4k", "fetch_newspaper4k", PEERS, 1 / 6),
    Crawler("news-please", "fetch_newsplease", PEERS, 1 / 10),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one crawler did.

    Attributes:
        few: its short run.
        all: its long run.
        per_page: CPU milliseconds per page, start not counted.
        start: CPU seconds of the start.
        quality: how well it read.
        lag: 99th percentile and maximum of the reactor's delay in milliseconds, if it has one.
    """

    few: Usage
    all: Usage
    per_page: float
    start: float
    quality: Quality
    lag: tuple[float, float] | None


def main() -> int:
    """Measure and print."""
    options = arguments(__doc__ or "")
    count = QUICK if options.quick else ALL
    shared = Path(os.environ.get("PATI_SHARED") or ROOT.parent / "shared") / "real"
    real = shared if shared.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="pati-crawl-") as name:
        work, port = Path(name), _free_port()
        pages = corpus.build(count, port, real)
        (work / "served").mkdir()
        corpus.save(pages, pages[:FEW], work / "served", port)
        with _server(work / "served", port):
            results = {c: _measure(c, pages, port, work) for c in CRAWLERS if c.python.exists()}
    mix = _mix(pages, real)
    Console(width=150).print(_side_by_side(results, mix))
    return publish("A crawled page", _figures(results, mix), options.json)


def _measure(crawler: Crawler, pages: Sequence[Page], port: int, work: Path) -> Result:
    short, _ = _crawl(crawler, pages[:FEW], port, work, "few")
    long, folder = _crawl(crawler, pages, port, work, "all")
    per_page = (long.cpu - short.cpu) / (len(pages) - FEW)
    late = sorted(json.loads((folder / LAG).read_text())) if (folder / LAG).is_file() else []
    return Result(
        few=short,
        all=long,
        per_page=per_page * 1000,
        start=short.cpu - per_page * FEW,
        quality=score(pages, landed(folder) if crawler is OURS else lines(folder), port),
        lag=(late[int(len(late) * 0.99)], late[-1]) if late else None,
    )


def _crawl(crawler: Crawler, pages: Sequence[Page], port: int, work: Path, which: str) -> tuple[Usage, Path]:
    folder = work / f"{crawler.module}-{which}"
    folder.mkdir()
    task = {"urls": [address(page, port) for page in pages], "now": NOW.isoformat()}
    (folder / TASK).write_text(json.dumps(task), encoding="utf-8")
    if crawler is OURS:
        configure(folder / "config", {page.host for page in pages}, port, f"/{which}.xml")
    command = [str(crawler.python), "-m", f"benchmarks.crawling.{crawler.module}", str(folder)]
    usage = run(command, os.environ, CRAWLER_CORE, folder / "output.txt")
    if usage.status:
        raise SystemExit(f"{crawler.name} ended with status {usage.status}:\n{usage.output}")
    return usage, folder


@contextmanager
def _server(folder: Path, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "benchmarks.crawling.server", str(folder), str(port)]
    with on_core(SERVER_CORE):
        server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with server:
        assert server.stdout is not None  # noqa: S101 - asked for above
        if server.stdout.readline() != b"ready\n":
            raise SystemExit("the server of the benchmark's pages did not start")
        yield
        # leaving closes its standard input, which ends it


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port: int = sock.getsockname()[1]
        return port


def _mix(pages: Sequence[Page], real: Path | None) -> str:
    kinds = Counter("salinan" if page.copy else page.kind for page in pages)
    if real is None:
        return f"{len(pages)} pages of the newsroom only: no real pages, set PATI_SHARED"
    size = sum(len(page.html) for page in pages) / len(pages) / 1000
    return (
        f"{len(pages)} pages of {size:.0f} kB on average: {kinds['aeb']} of the article benchmark, "
        f"{kinds['indonesian']} Indonesian, {kinds['salinan']} altered copies of both, "
        f"{kinds['newsroom']} of the newsroom"
    )


def _side_by_side(results: Mapping[Crawler, Result], mix: str) -> Table:
    table = Table(title=f"{mix}; real pages' body F1 and, on pages with that truth, shares right")
    headings = (
        "crawler", "CPU ms/page", "ours is", "start s", "wall s", "RSS MiB", "with children",
        "lag p99 ms", "lag max", "body F1", "own F1", "title", "instant", "author", "lost",
    )  # fmt: skip
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "crawler" else "right")
    for crawler in CRAWLERS:
        one = results.get(crawler)
        if one is None:
            table.add_row(crawler.name, "not installed: make peers")
            continue
        shares = (
            one.quality.body_f1, one.quality.own_body_f1, one.quality.title, one.quality.instant,
            one.quality.author,
        )  # fmt: skip
        table.add_row(
            crawler.name,
            f"{one.per_page:.1f}",
            f"{results[OURS].per_page / one.per_page:.2f}x",
            f"{one.start:.1f}",
            f"{one.all.wall:.0f}",
            f"{one.all.rss:.0f}",
            f"{one.all.tree:.0f}",
            *(f"{ms:.1f}" for ms in one.lag or ()),
            *(() if one.lag else ("", "")),
            *("" if share is None else f"{share:.3f}" for share in shares),
            str(one.quality.lost),
        )
    return table


def _figures(results: Mapping[Crawler, Result], mix: str) -> dict[str, Figure]:
    ours = results[OURS]
    figures = {"CPU ms per page, Pati Maju": Figure(ours.per_page, note=mix)}
    for crawler in CRAWLERS[1:]:
        one = results.get(crawler)
        name = f"CPU per page, ours to {crawler.name}'s"
        if one is None:
            # a comparison that was not made is a goal that was not met
            figures[name] = Figure(math.inf, crawler.most or 1.0, higher_is_better=False, note=MISSING)
            continue
        note = f"{one.per_page:.1f} ms"
        figures[name] = Figure(ours.per_page / one.per_page, crawler.most, higher_is_better=False, note=note)
    assert ours.lag is not None  # noqa: S101 - our job always measures it
    figures["reactor lag p99, ms"] = Figure(ours.lag[0], MOST_LAG, higher_is_better=False)
    figures["reactor lag max, ms"] = Figure(ours.lag[1], higher_is_better=False)
    figures["peak memory with workers, MiB"] = Figure(ours.all.tree, MOST_MEMORY, higher_is_better=False)
    figures["memory growth of the crawl process, MiB"] = Figure(
        ours.all.growth, MOST_GROWTH, higher_is_better=False, note="last tenth against the middle"
    )
    figures["pages lost"] = Figure(ours.quality.lost, 0, higher_is_better=False)
    for what in ("body_f1", "own_body_f1", "title", "instant", "author"):
        value = getattr(ours.quality, what)
        rivals = [getattr(r.quality, what) for c, r in results.items() if c is not OURS]
        if value is not None:
            best = max(filter(None, rivals), default=None)
            figures[f"quality, {what}"] = Figure(value, best, note="goal: the best peer's")
    return figures


if __name__ == "__main__":
    sys.exit(main())
