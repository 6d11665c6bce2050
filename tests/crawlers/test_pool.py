"""Workers that can be killed."""

import asyncio
import os
import time
from datetime import UTC, datetime

import pytest

from crawlers.pool import Limits, ReadArticle, ReaderPool, ReadingFailedError, spare_cores
from tests.crawlers.jobs import Bomb, Hoard, Litter, Slow, Stall, Who

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
PAGE = (
    b"<html><body><article><h1>Judul kabar desa</h1><p>"
    + b"Kalimat panjang tentang desa. " * 20
    + b"</p></article>"
)


def job(kind: type[ReadArticle], page: bytes = PAGE) -> ReadArticle:
    return kind(page, "https://a.example/berita/1", None, NOW, None, None, "Asia/Jakarta")


def titles(kinds: list[type[ReadArticle]], limits: Limits) -> list[str]:
    """Read one page after the other in a pool of one worker; a failure gives its sentence."""

    async def read() -> list[str]:
        pool = ReaderPool(1, limits)
        found = []
        try:
            for kind in kinds:
                try:
                    found.append((await pool.article(job(kind))).title)
                except ReadingFailedError as error:
                    found.append(str(error))
        finally:
            pool.close()
        return found

    return asyncio.run(read())


def test_a_page_that_stalls_or_breaks_costs_only_itself() -> None:
    broken, stalled, title = titles([Bomb, Stall, ReadArticle], Limits(seconds=3.0))
    assert "RuntimeError" in broken
    assert "more than 3 seconds" in stalled
    assert title == "Judul kabar desa"


def test_a_worker_is_replaced_after_its_pages_and_nothing_is_lost() -> None:
    first, second, third, fourth, fifth = titles([Who] * 5, Limits(pages=2))
    assert first == second != third == fourth != fifth
    assert str(os.getpid()) not in {first, third, fifth}


def test_a_worker_that_grew_is_replaced() -> None:
    roomy = titles([Hoard, Hoard, Who], Limits(resident=2 * 1024**3))
    assert len(set(roomy)) == 1
    # 50 to 200 MB when it starts: one hoard of 200 is within the limit, two are not
    grown, same, fresh = titles([Hoard, Hoard, Who], Limits(resident=430 * 1024**2))
    assert grown == same != fresh


def test_garbage_does_not_pile_up_in_a_worker() -> None:
    left = [int(title) for title in titles([Litter] * 45, Limits())]
    assert max(left) == 19  # nothing is collected while a page is read ...
    assert left[20] == left[40] == 0  # ... and everything every twenty pages


def test_a_page_nobody_waits_for_any_more_keeps_only_its_own_worker_busy() -> None:
    async def read() -> tuple[str, str, list[str]]:
        pool = ReaderPool(2)
        pages = [PAGE.replace(b"kabar desa", b"kabar desa %d" % n) for n in range(8)]
        try:
            busy = await pool.article(job(Who))
            given_up = asyncio.create_task(pool.article(job(Slow)))
            await asyncio.sleep(0.2)
            given_up.cancel()
            await asyncio.wait([given_up])
            other = await pool.article(job(Who))
            found = await asyncio.gather(*(pool.article(job(ReadArticle, page)) for page in pages))
        finally:
            pool.close()
        return busy.title, other.title, [article.title for article in found]

    busy, other, found = asyncio.run(read())
    assert busy != other
    assert found == [f"Judul kabar desa {n}" for n in range(8)]


def test_closing_does_not_wait_for_a_page_that_stalls() -> None:
    async def read() -> float:
        pool = ReaderPool(1, Limits(seconds=60.0))
        await pool.article(job(ReadArticle))
        reading = asyncio.create_task(pool.article(job(Stall)))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        pool.close()
        took = time.monotonic() - began
        with pytest.raises(ReadingFailedError):
            await reading
        return took

    assert asyncio.run(read()) < 10


def test_workers_leave_a_core_to_the_download() -> None:
    cores = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(cores)})
        assert spare_cores() == 1
    finally:
        os.sched_setaffinity(0, cores)
    assert spare_cores() == min(max(1, len(cores) - 1), 4)
