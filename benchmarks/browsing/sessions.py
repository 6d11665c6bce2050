"""Many sessions at once that are no browsers: they speak Streamlit's protocol over a websocket, and click."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 60.0
"""Seconds after which a click counts as lost."""
THINKING = (2.0, 6.0)
"""Seconds between a page that stands and the next click."""
PAGES = ("", "berita", "media_sosial", "peta", "opd", "aduan", "sumber")
ASKED = {
    "peta": ["rentang=12+minggu", "rentang=52+minggu", "ukuran=Per+10.000+penduduk"],
    "berita": ["tampil=Dokumen", "q=jalan", "tampil=Dokumen&hal=2"],
    "aduan": ["keadaan=Lewat+tenggat", "periode=Semua+waktu", "bentuk=Tabel"],
}
"""Filters that a click may come with, by page."""


@dataclass
class Clicked:
    """What came of the clicks of all sessions.

    Attributes:
        seconds: each click that was answered.
        errors: what went wrong, a line for each.
    """

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def clicking(url: str, n: int, seconds: float) -> Clicked:
    """Let `n` sessions click for some seconds."""
    done = Clicked()

    async def everybody() -> None:
        end = time.monotonic() + seconds
        await asyncio.gather(*(_session(url, number, end, done) for number in range(n)))

    asyncio.run(everybody())
    return done


async def _session(url: str, number: int, end: float, done: Clicked) -> None:
    dice = random.Random(number)  # noqa: S311 - who clicks what when
    stream = url.replace("http", "ws", 1) + "/_stcore/stream"
    await asyncio.sleep(dice.uniform(0, THINKING[1]))
    try:
        async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            pages = await _run(socket, ClientState())
            while time.monotonic() < end:
                name = dice.choice(PAGES)
                query = dice.choice(["", *ASKED.get(name, [])])
                began = time.monotonic()
                wanted = ClientState(query_string=query, page_script_hash=pages[name], page_name=name)
                pages = await asyncio.wait_for(_run(socket, wanted), PATIENCE)
                done.seconds.append(time.monotonic() - began)
                await asyncio.sleep(dice.uniform(*THINKING))
    except (OSError, TimeoutError, RuntimeError, KeyError, websockets.WebSocketException) as err:
        done.errors.append(f"session {number}: {type(err).__name__}: {str(err)[:200]}")


async def _run(socket: websockets.ClientConnection, wanted: ClientState) -> dict[str, str]:
    """Ask for a page and wait until it has been sent; returns the pages of the menu: hash by address.

    Raises:
        RuntimeError: the page shows an error.
    """
    await socket.send(BackMsg(rerun_script=wanted).SerializeToString())
    pages: dict[str, str] = {}
    wrong = ""
    async for data in socket:
        message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
        kind = message.WhichOneof("type")
        if kind == "navigation":
            pages = {
                "" if one.is_default else one.url_pathname: one.page_script_hash
                for one in message.navigation.app_pages
            }
        elif kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                wrong = element.exception.message
            elif element.WhichOneof("type") == "alert" and element.alert.format == element.alert.ERROR:
                wrong = element.alert.body
        elif kind == "script_finished":
            if wrong:
                raise RuntimeError(wrong)
            return pages
    raise RuntimeError("the server closed the connection")
