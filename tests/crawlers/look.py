"""Looks at several sites at once: `python -m tests.crawlers.look HOME NOW ADDRESS...`.

One process and one reactor for all of them, each with a spider of its own; prints one JSON
object, address to report or to the sentence about what is wrong.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter
from scrapy.crawler import AsyncCrawlerProcess

from config import load_config
from crawlers.context import CrawlContext
from crawlers.onboarding import OnboardingError, SiteReport
from crawlers.onboarding.probe import Look, Wish
from crawlers.onboarding.spider import SiteSpider
from crawlers.settings import scrapy_settings


def main() -> None:
    home, now = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    context = CrawlContext(
        config=load_config(home / "config"),
        landing=home / "landing",
        state=home / "state.db",
        run_id="look",
        now=lambda: now,
        scrub=lambda document: document,
        is_relevant=lambda document: "Pati" in document.text,
        on_progress=lambda _report: None,
        secrets={},
        inbox=home / "inbox",
    )
    process = AsyncCrawlerProcess(scrapy_settings(context))
    outcomes: dict[str, list[Look | OnboardingError]] = {address: [] for address in sys.argv[3:]}
    for address, outcome in outcomes.items():
        process.crawl(
            SiteSpider, wish=Wish(address), ctx=context, tell=lambda _step, _total: None,
            told=lambda _url: None, outcome=outcome, allowance=60,
        )  # fmt: skip
    process.start()
    plain = TypeAdapter(SiteReport)
    told = {
        address: str(one) if isinstance(one, OnboardingError) else plain.dump_python(one.report, mode="json")
        for address, (one,) in outcomes.items()
    }
    print(json.dumps(told))  # noqa: T201 - this is a program


if __name__ == "__main__":
    main()
