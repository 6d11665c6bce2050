"""Trouble below the page: bytes, headers, redirects, statuses."""

import asyncio
import gzip
import zlib
from datetime import timedelta
from email.utils import format_datetime

from tests.hostile.model import page
from tests.hostile.stories import NOW, Story, html
from tests.hostile.web import INNER, Player, Visit, head, reply

MEGABYTE = 1024 * 1024
FOR_PEOPLE = "<noscript><meta http-equiv='refresh' content='0; url=/tanpa-skrip'></noscript>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def gzip_bomb(megabytes: int) -> Player:
    """A small gzip that becomes a large page."""
    packer = zlib.compressobj(9, wbits=31)
    chunk = b"<p>bom</p>" * (MEGABYTE // 10)
    body = b"".join(packer.compress(chunk) for _ in range(megabytes)) + packer.flush()
    return reply(body, Content_Encoding="gzip")


def large(megabytes: int, *, announced: bool) -> Player:
    """A very large page; `announced` says so in its header."""
    chunk = b"<p>besar</p>" * 5000

    async def play(visit: Visit) -> None:
        size = {"Content-Length": str(megabytes * MEGABYTE)} if announced else {}
        await visit.send(head(200, {**HTML, **size}))
        for _ in range(megabytes * MEGABYTE // len(chunk)):
            await visit.send(chunk)

    return play


async def trickle(visit: Visit) -> None:
    """A body of a byte now and then, without end."""
    await visit.send(head(200, HTML))
    while True:
        await visit.send(b"x")
        await asyncio.sleep(0.1)


async def silence(_: Visit) -> None:
    """No header ever comes."""
    await asyncio.sleep(3600)


def moved(target: str, status: int = 302) -> Player:
    """A redirect; PORT and INNER stand for what is known only while serving."""

    async def play(visit: Visit) -> None:
        port = visit.headers["host"].rpartition(":")[2]
        place = target.replace("PORT", port).replace("INNER", INNER)
        await reply(b"", status=status, Location=place)(visit)

    return play


async def next_step(visit: Visit) -> None:
    """Step n of a staircase leads to step n + 1; there are forty."""
    number = int(visit.path.rpartition("-")[2]) + 1
    await moved(f"/tangga-{number}" if number < 40 else "/baik-1")(visit)


def refresh(target: str) -> Player:
    """A page that sends its reader on with a meta tag."""
    tag = f"<meta http-equiv='refresh' content='0; url={target}'>"

    async def play(visit: Visit) -> None:
        port = visit.headers["host"].rpartition(":")[2]
        body = f"<html><head>{tag}</head></html>".replace("PORT", port).replace("INNER", INNER)
        await reply(body.encode())(visit)

    return play


def too_many(one: Story, *, date: bool) -> Player:
    """429 for two seconds, said in seconds or as a date; a proper page after that.

    The date is one of another year: only its distance to the answer's own Date says anything.
    """
    then = NOW - timedelta(days=400)
    wait = format_datetime(then + timedelta(seconds=2)) if date else "2"

    async def play(visit: Visit) -> None:
        if visit.times == 1:
            await reply(b"", status=429, Retry_After=wait, Date=format_datetime(then))(visit)
        else:
            await page(one)(visit)

    return play


def torn_gzip(one: Story) -> Player:
    """A gzip stream that ends in the middle, its length said truthfully."""
    body = gzip.compress(html(one).encode())
    return reply(body[: len(body) * 2 // 3], Content_Encoding="gzip")


def no_gzip(one: Story) -> Player:
    """Plain text under a header that says gzip."""
    return reply(html(one).encode(), Content_Encoding="gzip")


def short(one: Story) -> Player:
    """Fewer bytes than promised."""
    body = html(one).encode()

    async def play(visit: Visit) -> None:
        await visit.send(head(200, {**HTML, "Content-Length": str(len(body) * 3)}) + body)

    return play
