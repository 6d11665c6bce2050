"""Third parties' log lines, masked: addresses can hold personal data, and keys travel in them."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_KEY = re.compile(r"([?&]key=)[^&\s]+")
_LOUD = (
    "scrapy",
    "twisted",
    "protego",
    "googleapiclient",
    "urllib3",
    "py.warnings",
    "asyncio",
    "trafilatura",
)


class _Relay(logging.Handler):
    """Hands a record on under our own name with its addresses masked and no traceback."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__(logging.WARNING)
        self._mask = mask

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().split("\n", 1)[0][:500]
        text = _ADDRESS.sub(lambda m: self._mask(_KEY.sub(r"\1***", m.group(0))), text)
        if record.exc_info and record.exc_info[0]:
            text += f" ({record.exc_info[0].__name__})"
        logging.getLogger("crawlers.engine").log(record.levelno, "%s: %s", record.name, text)


def relay_logs(mask: Callable[[str], str]) -> None:
    """Route the libraries' warnings through the mask; their chatter is dropped."""
    for name in _LOUD:
        logger = logging.getLogger(name)
        logger.handlers = [_Relay(mask)]
        logger.setLevel(logging.WARNING)
        logger.propagate = False
