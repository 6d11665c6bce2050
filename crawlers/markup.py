"""Posts and comments that platforms hand out as HTML or with hashtags in the text. Pure."""

from __future__ import annotations

import html
import re

from crawlers.extract.encoding import clean

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</p>\s*<p[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_HASHTAG = re.compile(r"(?<![\w/&])[#\uff03](\w*[^\W\d]\w*)")


def plain(markup: str) -> str:
    """Turn a fragment of HTML into plain text; line breaks and paragraphs stay."""
    text = _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", markup))
    return tidy(html.unescape(_TAG.sub("", text)))


def tidy(text: str) -> str:
    """Remove what no text should hold (control characters) and outer blanks."""
    return clean(text).strip()


def hashtags(text: str) -> tuple[str, ...]:
    """Return the hashtags of a text without their sign, each once, in order."""
    return tuple(dict.fromkeys(tag.lower() for tag in _HASHTAG.findall(text)))
