"""The process that crawls: it has the Twisted reactor, and memory, to itself.

Started by the collect stage as `python -m pipelines.crawl_process`; see `child_process` for how
it is told what to do and how it says how far it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from filelock import FileLock

from crawlers.context import Period
from crawlers.runner import CrawlContext, SourceReport, crawl
from pipelines.child_process import answer_parent
from pipelines.logs import to_file, working
from pipelines.settings import Settings
from pipelines.sharing import shared


def main() -> None:
    """Crawl the sources named on standard input and report on standard output."""
    # Imported here: the readers' processes import this module too and need no analyser.
    from pipelines.erasure.forgotten import Forgotten, refusing
    from pipelines.privacy import key_masker, relevance, scrubber

    order, send = answer_parent()
    settings = Settings.load()
    mask = key_masker(settings.config)
    to_file(settings.logs, "collect", mask, secrets=settings.secrets())

    def report(one: SourceReport) -> None:
        send(_plain(asdict(one)))

    context = CrawlContext(
        config=settings.config,
        landing=settings.landing,
        state=settings.state,
        run_id=order["run_id"],
        now=settings.now,
        scrub=refusing(scrubber(settings.config, settings.pseudonym_key()), Forgotten.of(settings)),
        is_relevant=relevance(settings),
        on_progress=report,
        secrets=settings.tokens(),
        inbox=settings.inbox,
        mask_key=mask,
        due_only=order["due_only"],
        period=Period(*map(datetime.fromisoformat, order["period"])) if order["period"] else None,
    )
    settings.state.parent.mkdir(parents=True, exist_ok=True)
    wanted = set(order["sources"])
    with _turn(settings, order["lane"]), working(order["run_id"], "collect"):
        for one in crawl([s for s in settings.config.sources if s.id in wanted], context):
            report(one)


@contextmanager
def _turn(settings: Settings, lane: str | None) -> Iterator[None]:
    """Crawl alone, or, in a lane, beside processes of other lanes."""
    every = settings.state.with_suffix(".lock")
    if lane is None:
        with FileLock(every):
            yield
        return
    with shared(every, wait=True), FileLock(every.with_name(f"crawl-{lane}.lock")):
        yield


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}


if __name__ == "__main__":
    main()
