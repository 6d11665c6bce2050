"""Peer: trafilatura's own downloader, then its extraction with metadata, all at defaults."""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.crawling.job import fields, one_by_one, stay_inside


def main() -> int:
    """Read every page."""
    stay_inside()
    from trafilatura import bare_extraction, fetch_url
    from trafilatura.settings import use_config

    config = use_config()
    # its guard against addresses inside the network would refuse loopback
    config.set("DEFAULT", "SSRF_PROTECTION", "off")

    def read(url: str) -> dict[str, Any]:
        found = bare_extraction(fetch_url(url, config=config), url=url, with_metadata=True)
        if found is None:
            raise LookupError("nothing extracted")
        return fields(url, found.title, found.text, found.date, found.author)

    return one_by_one(read)


if __name__ == "__main__":
    sys.exit(main())
