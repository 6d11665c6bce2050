"""A real mail server on loopback that remembers what it was given, and can refuse, hang and hang up."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """What a server got, and how it behaves.

    Attributes:
        got: receiver and message, in order, of all that it took.
        refuse: answers to give in place of taking a message, one after the other.
        closed: receivers that it does not know.
        hang: after it has a message whole, never answer.
        drop: after it has a message whole, close the connection.
        slow: seconds before it answers to a message.
    """

    port: int = 0
    got: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refuse: list[str] = field(default_factory=list)
    closed: tuple[str, ...] = ()
    hang: bool = False
    drop: bool = False
    slow: float = 0.0
    asked: threading.Event = field(default_factory=threading.Event)

    @property
    def n(self) -> Counter[str]:
        """How many messages each receiver got."""
        return Counter(to for to, _ in self.got)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.closed:
            return f"550 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - same
        if self.refuse:
            return self.refuse.pop(0)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.got += [(to, message) for to in envelope.rcpt_tos]
        self.asked.set()
        if self.drop:
            server.transport.close()
        while self.hang:  # noqa: ASYNC110 - told from another thread
            await asyncio.sleep(0.05)
        await asyncio.sleep(self.slow)
        return "250 OK"


class Office:
    """Starts and stops the server; its port stays."""

    def __init__(self, port: int) -> None:
        self.post = Post(port)
        self._controller = Controller(self.post, hostname="127.0.0.1", port=port)

    def __enter__(self) -> Post:
        self._controller.start()
        return self.post

    def __exit__(self, *_: object) -> None:
        self._controller.stop()
