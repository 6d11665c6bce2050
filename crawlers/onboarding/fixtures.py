"""Pages of a source kept with what they must give, so that a change that breaks it is seen.

A fixture is a folder: `NN.html.gz` as received, and `expected.json`. The pages are public press
pages, kept as they came: they can name people, so the folder stays in the home folder, holds a
few pages only, and is never part of the repository or of a backup that leaves the office.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import secrets
import shutil
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crawlers.onboarding.model import OnboardingError
from crawlers.onboarding.readers import SiteReaders
from crawlers.pool import ReadArticle, ReadingFailedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawlers.extract import Article
    from crawlers.onboarding.sampling import Kept

MOST_PAGES = 5
_EXPECTED = "expected.json"
_EDGE = 8  # words from the beginning and the end of a text


@dataclass(frozen=True, slots=True)
class Difference:
    """Something a kept page gives now that it did not give before.

    Attributes:
        url: the page's address.
        field: what differs, as named in `expected.json`.
        before: what it gave when it was kept.
        now: what it gives now.
    """

    url: str
    field: str
    before: Any
    now: Any


def summary(article: Article) -> dict[str, Any]:
    """What is compared: plain JSON values that hold no more of the text than its edges."""
    words = article.text.split()
    return {
        "page_type": article.page_type,
        "title": article.title,
        "author": article.author,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "published_from": article.published_from,
        "canonical": article.canonical_url,
        "first_words": " ".join(words[:_EDGE]),
        "last_words": " ".join(words[-_EDGE:]),
        "n_words": len(words),
        "n_characters": len(article.text),
    }


def save(folder: Path, kept: Sequence[Kept]) -> int:
    """Write a fixture, in place of the one that is there.

    Args:
        folder: the fixture's folder.
        kept: pages, the most telling first.

    Returns:
        How many pages it holds, `MOST_PAGES` at most.
    """
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        pages = [_write(draft, number, one) for number, one in enumerate(kept[:MOST_PAGES], start=1)]
        _write_expected(draft, pages)
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return len(pages)


def compare(folders: Sequence[Path], *, accept: bool = False) -> list[tuple[int, list[Difference]]]:
    """Read kept pages again, in a process that can be killed, and compare.

    Args:
        folders: folders of fixtures.
        accept: write down what they give now as what they must give.

    Returns:
        (pages, differences) of each folder.

    Raises:
        OnboardingError: a fixture is damaged.
    """
    fixtures = [_read_expected(folder) for folder in folders]
    jobs = [_job(folder, page) for folder, pages in zip(folders, fixtures, strict=True) for page in pages]
    articles = iter(asyncio.run(_read_again(jobs)))
    found = []
    for folder, pages in zip(folders, fixtures, strict=True):
        differences = [change for page in pages for change in _changes(page, next(articles))]
        if accept and differences:
            _write_expected(folder, pages)
        found.append((len(pages), differences))
    return found


def _changes(page: dict[str, Any], article: Article | None) -> list[Difference]:
    """What a page gives now and did not before; `page` is brought up to date."""
    before = page["expected"]
    page["expected"] = now = summary(article) if article is not None else {"page_type": "unreadable"}
    return [
        Difference(page["url"], name, before.get(name), now.get(name))
        for name in dict.fromkeys([*before, *now])
        if before.get(name) != now.get(name)
    ]


def _write(folder: Path, number: int, kept: Kept) -> dict[str, Any]:
    job, name = kept.job, f"{number:02d}.html.gz"
    (folder / name).write_bytes(gzip.compress(job.body, mtime=0))
    return {
        "file": name,
        "url": job.url,
        "charset": job.charset,
        "now": job.now.isoformat(),
        "hint_date": job.hint.isoformat() if job.hint else None,
        "hint_title": job.hint_title,
        "zone": job.zone,
        "expected": summary(kept.article),
    }


def _write_expected(folder: Path, pages: Sequence[dict[str, Any]]) -> None:
    draft = folder / f".{_EXPECTED}"
    text = json.dumps({"pages": list(pages)}, ensure_ascii=False, indent=1)
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(folder / _EXPECTED)


def _read_expected(folder: Path) -> list[dict[str, Any]]:
    try:
        pages = json.loads((folder / _EXPECTED).read_text(encoding="utf-8"))["pages"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OnboardingError(_damaged(folder, _EXPECTED)) from error
    return [dict(page) for page in pages]


def _job(folder: Path, page: dict[str, Any]) -> ReadArticle:
    def moment(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    name = str(page.get("file"))
    try:
        body = gzip.decompress((folder / name).read_bytes())
        now = datetime.fromisoformat(page["now"])
        return ReadArticle(
            body, page["url"], page["charset"], now, moment(page["hint_date"]), page["hint_title"],
            page["zone"],
        )  # fmt: skip
    except (OSError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise OnboardingError(_damaged(folder, name)) from error


async def _read_again(jobs: Sequence[ReadArticle]) -> list[Article | None]:
    readers = SiteReaders()
    articles: list[Article | None] = []
    try:
        for job in jobs:
            try:
                articles.append(await readers.article(job))
            except ReadingFailedError:
                articles.append(None)
    finally:
        readers.close()
    return articles


def _damaged(folder: Path, name: str) -> str:
    return (
        f"Contoh halaman {folder.name}/{name} rusak atau hilang; hapus folder {folder} dan jalankan "
        f"`pati sources add --replace` untuk sumber itu."
    )
