"""What feeds and sitemaps share before anybody parses them: text, prolog, document type."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from crawlers.extract.encoding import clean, decode
from crawlers.extract.tree import HostilePageError, refuse_hostile

# A root element that has not begun by then is none: what precedes it is a licence at most.
_LONGEST_PROLOG = 20_000
_TOKEN = re.compile(
    r"(?P<comment><!--.*?-->)|(?P<xml><\?xml\b.*?\?>)|<\?.*?\?>|(?P<doctype><!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>)|"
    r"(?P<root><(?:[\w.-]{1,20}:)?(?P<name>[\w.-]{1,40})(?=[\s/>]))|<[^<>]*>|[^<]+|<",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ENCODING = re.compile(r"\sencoding\s*=\s*[\"']\s*([\w.:-]{1,40})\s*[\"']", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class RefusedError(ValueError):
    """The document is not parsed at all.

    Attributes:
        why: ``entities`` (it declares its own, which is how a small file becomes a huge one) or
            ``attributes`` (a tag with thousands of them, quadratic in every parser).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Prepared:
    """An XML document ready to parse.

    Attributes:
        text: from the root element on, without declaration and document type.
        root: local name of the root element, lower case; empty if none of the wanted ones
            begins anywhere near the top.
        odd: what was wrong with it, as short English phrases.
    """

    text: str
    root: str
    odd: tuple[str, ...] = ()


def prepare(body: bytes, roots: frozenset[str]) -> Prepared:
    """Decode a document and take off what a parser must not see.

    A document type without declarations (old RSS 0.91, XHTML) is harmless and is dropped.

    Args:
        body: as received, compression undone.
        roots: wanted root elements, lower case; anything before them is text that does not
            belong ("Warning: mysql_connect()").

    Raises:
        RefusedError: it is built to stall a parser.
    """
    text = decode(body)
    try:
        refuse_hostile(text)
    except HostilePageError as error:
        raise RefusedError("attributes") from error
    declared, odd, position = "", [], 0
    limit = min(len(text), _LONGEST_PROLOG)
    while position < limit:
        token = _TOKEN.match(text, position, limit)
        if token is None:
            break
        if token["root"] and token["name"].lower() in roots:
            if not _honest(body, text, declared):
                odd.append("its encoding is not the declared one")
            return Prepared(text[position:], token["name"].lower(), tuple(dict.fromkeys(odd)))
        if not token["comment"] and _ENTITY.search(token[0]):
            raise RefusedError("entities")
        if token["xml"]:
            found = _ENCODING.search(token["xml"])
            declared = found[1] if found else ""
            # a second one, or one after other text, is not where it belongs
            if position > 0 and text[:position].strip():
                odd.append("text before the XML declaration")
        elif (
            not token["comment"]
            and not token["doctype"]
            and not token[0].startswith("<?")
            and token[0].strip()
        ):
            odd.append("text before the XML")
        position = token.end()
    return Prepared(text, "", tuple(dict.fromkeys(odd)))


def _honest(body: bytes, text: str, declared: str) -> bool:
    """Say whether the bytes are what the document says they are."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            body, declared = body[len(mark) :], name
    try:
        return clean(body.decode(declared or "utf-8")) == text
    except (LookupError, UnicodeError, ValueError):
        return False
