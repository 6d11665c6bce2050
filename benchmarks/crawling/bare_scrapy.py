"""Peer: Scrapy as it comes, trafilatura at its defaults inside the callback."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from benchmarks.crawling.job import FOUND, LAG, LAG_VARIABLE, fields, stay_inside, task


def main() -> int:
    """Crawl."""
    stay_inside()
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess
    from trafilatura import bare_extraction

    folder = Path(sys.argv[1])
    os.environ[LAG_VARIABLE] = str(folder / LAG)

    class BareSpider(scrapy.Spider):  # type: ignore[misc] # Scrapy is untyped
        name = "bare"

        async def start(self) -> AsyncIterator[scrapy.Request]:
            for url in task(folder)["urls"]:
                yield scrapy.Request(url)

        def parse(self, response: Any) -> None:  # noqa: ANN401 - Scrapy is untyped
            """Extract in the callback, as tutorials do."""
            url = response.url
            found = bare_extraction(response.text, url=url, with_metadata=True)
            line = (
                {"url": url, "error": "nothing extracted"}
                if found is None
                else fields(url, found.title, found.text, found.date, found.author)
            )
            out.write(json.dumps(line, ensure_ascii=False) + "\n")

    settings = {"LOG_LEVEL": "CRITICAL", "EXTENSIONS": {"benchmarks.crawling.lag.LagProbe": 0}}
    with (folder / FOUND).open("w", encoding="utf-8", errors="replace") as out:
        process = AsyncCrawlerProcess(settings)
        process.crawl(BareSpider)
        process.start()
    return 0


if __name__ == "__main__":
    sys.exit(main())
