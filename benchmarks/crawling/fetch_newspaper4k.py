"""Peer: newspaper4k downloads and parses. Images are not fetched: the pages' images are not here."""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.crawling.job import fields, one_by_one, stay_inside


def main() -> int:
    """Read every page."""
    stay_inside()
    import newspaper

    def read(url: str) -> dict[str, Any]:
        article = newspaper.Article(url, fetch_images=False)
        article.download()
        article.parse()
        return fields(url, article.title, article.text, article.publish_date, article.authors)

    return one_by_one(read)


if __name__ == "__main__":
    sys.exit(main())
