"""HTTPS to the APIs of platforms: few hosts, all named beforehand, and none inside our network.

Built on urllib3. The guard sits where the connection is opened: the addresses behind a name are
checked after DNS, and the address checked is the address connected to. Tokens travel in headers
only, redirects are refused, and an answer is read up to a size and within a time.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from crawlers.net.address import loopback_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from crawlers.net.address import AddressPolicy

Trouble = Literal["unreachable", "refused", "tls", "too_large", "too_slow", "moved"]
MOST_BYTES = 10 * 1024 * 1024
_CHUNK = 64 * 1024
_CONNECT_SECONDS = 10.0
_PATIENCE = 2.0  # a whole answer may take this many times as long as one silence in it


class CallError(Exception):
    """No answer that could be read.

    Attributes:
        trouble: which kind; the text says no more, because addresses may hold secrets.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        status: HTTP status.
        headers: names in lower case.
        body: decompressed.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Asks a known set of hosts.

    Args:
        hosts: the only hosts that are ever asked.
        policy: which addresses may be connected to.
        agent: value of the User-Agent header.
        timeout: longest silence, in seconds.
        most_bytes: largest answer, decompressed.
    """

    def __init__(
        self,
        hosts: Collection[str],
        policy: AddressPolicy,
        agent: str,
        timeout: float,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._hosts = {host.lower() for host in hosts}
        self._policy, self._timeout, self._most = policy, timeout, most_bytes
        self._agent = agent
        self._pool = urllib3.PoolManager(
            num_pools=8, retries=False, timeout=urllib3.Timeout(min(_CONNECT_SECONDS, timeout), timeout)
        )
        self._pool.pool_classes_by_scheme = _guarded_pools(policy)

    def get(
        self, url: str, fields: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Ask for an address; `fields` become its query.

        Raises:
            CallError: no answer that could be read.
        """
        joint = "&" if "?" in url else "?"
        return self.request("GET", f"{url}{joint}{urlencode(fields)}" if fields else url, headers)

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Reply:
        """Send one request, once.

        Raises:
            CallError: no answer that could be read.
        """
        self._check(url)
        sent = {"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", **(headers or {})}
        until = time.monotonic() + _PATIENCE * self._timeout
        try:
            answer = self._pool.request(
                method, url, headers=sent, body=body, redirect=False, preload_content=False
            )
            try:
                names = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status, names, self._read(cast("Any", answer), until))
            except BaseException:
                answer.close()  # a connection with an unread rest must not be used again
                raise
            finally:
                answer.release_conn()
        except SSLError:
            raise CallError("tls") from None
        except (HTTPError, OSError):
            raise CallError("unreachable") from None

    def close(self) -> None:
        """Close all connections."""
        self._pool.clear()

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if host not in self._hosts or self._policy.refusal(url):
            raise CallError("refused")
        # a token must not cross a network in the open; on our own machine there is none
        if parts.scheme != "https" and not self._policy.listed(host, parts.port or 80):
            raise CallError("refused")

    def _read(self, answer: urllib3.HTTPResponse, until: float) -> bytes:
        if 300 <= answer.status < 400:
            raise CallError("moved")
        parts, size = [], 0
        # read1 returns what has come: the clock is looked at even while a body only trickles
        while chunk := answer.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > self._most:
                raise CallError("too_large")
            if time.monotonic() > until:
                raise CallError("too_slow")
            parts.append(chunk)
        return b"".join(parts)


def _guarded_pools(policy: AddressPolicy) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools whose connections ask the policy before they are opened."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, policy)

    class Tls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, policy)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}


def _connect(connection: HTTPConnection, policy: AddressPolicy) -> socket.socket:
    """Open a connection to the first permitted address behind the name that answers."""
    host, port = connection.host, connection.port
    name = "127.0.0.1" if loopback_name(host) else host
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    permitted = [
        entry
        for entry in found
        if policy.address_allowed(host, port, ipaddress.ip_address(str(entry[4][0]).partition("%")[0]))
    ]
    if not permitted:
        raise CallError("refused")
    trouble: OSError | None = None
    for family, kind, protocol, _, address in permitted:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(cast("float", connection.timeout))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(address)
        except OSError as error:
            sock.close()
            trouble = error
        else:
            return sock
    raise NewConnectionError(connection, str(trouble)) from trouble
