"""Peer: news-please downloads and extracts. Images are not fetched: the pages' images are not here."""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.crawling.job import fields, one_by_one, stay_inside


def main() -> int:
    """Read every page."""
    stay_inside()
    from newsplease import NewsPlease

    def read(url: str) -> dict[str, Any]:
        found = NewsPlease.from_url(url, fetch_images=False)
        if not found:
            raise LookupError("nothing extracted")
        return fields(url, found.title, found.maintext, found.date_publish, found.authors)

    return one_by_one(read)


if __name__ == "__main__":
    sys.exit(main())
