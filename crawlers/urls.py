"""One address per article: the many ways to write a link, folded into one key.

Outlets publish the same story under tracking parameters, `m.` and AMP twins, `?page=all` and
trailing slashes. `url_key` folds them for remembering what was seen; `clean_url` keeps the
address fetchable. Both are pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that say how a reader came here or in which dress the page is shown.
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|igsh|mc_[ce]id|yclid|twclid|_ga|_gl|ref|"
    r"ref_src|source_ref|feature|single|tag_from|jxconn|jxrecoid|_openstat|share|"
    r"phpsessid|jsessionid|sid|sessionid|amp|noamp|outputtype|is_amp|nonamp|m|view|print)$",
    re.IGNORECASE,
)
_PAGING = re.compile(r"^(?:page|halaman|hal|paged|showpage)$", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\d?\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp(?:/|\.html)?$|^/amp(?=/)")
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}


def clean_url(url: str, base: str | None = None) -> str | None:
    """Return the fetchable address without tracking, or None if it is not one to fetch.

    Args:
        url: an address as found, absolute or relative to `base`.
        base: the page it was found on.

    Returns:
        An absolute http(s) address without fragment and tracking parameters; None for other
        schemes, addresses with a user name, and addresses that cannot be read.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"http", "https"} or not host or parts.username or " " in host:
        return None
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in {None, _DEFAULT_PORT[parts.scheme]} else f"{host}:{port}"
    query = urlencode([p for p in _pairs(parts.query) if not _TRACKING.match(p[0])])
    path = _SESSION_PATH.sub("", parts.path) or "/"
    return urlunsplit((parts.scheme, netloc, path, query, ""))


@lru_cache(maxsize=8192)  # every find asks for its key several times on its way to the disk
def url_key(url: str) -> str:
    """Fold an address into the key under which its article is remembered.

    Two addresses with the same key lead to the same article. The scheme, `www.`/`m.`/`amp.`,
    AMP paths, page numbers, parameter order and a trailing slash do not count; `?p=123` does.

    Raises:
        ValueError: the address cannot be fetched at all.
    """
    cleaned = clean_url(url)
    if cleaned is None:
        raise ValueError("not an http(s) address")
    parts = urlsplit(cleaned)
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    pairs = sorted(p for p in _pairs(parts.query) if not _PAGING.match(p[0]))
    return _PREFIX.sub("", parts.netloc) + path + ("?" + urlencode(pairs) if pairs else "")


def host_of(url: str) -> str:
    """Name the host and port that politeness counts: the connection's own host."""
    return urlsplit(url).netloc.lower()


def site_of(url: str) -> str:
    """Name the site an address belongs to, with its mobile and AMP dress taken off."""
    return _PREFIX.sub("", (urlsplit(url).hostname or "").lower())


def own_canonical(declared: str | None, fetched: str) -> str:
    """Choose the address under which a page is stored.

    A page may name its own address, but not one on another site: a clone that points at the
    original (or an original hijacked to point at a clone) would otherwise take its place.

    Args:
        declared: what the page says (rel=canonical, og:url), absolute.
        fetched: where it was fetched.
    """
    own = clean_url(fetched) or fetched
    named = clean_url(declared, fetched) if declared else None
    if named is None or site_of(named) != site_of(own) or urlsplit(named).path == "/":
        return _without_paging(own)
    return _without_paging(named)


def _without_paging(url: str) -> str:
    parts = urlsplit(url)
    query = urlencode([p for p in _pairs(parts.query) if not _PAGING.match(p[0])])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)
