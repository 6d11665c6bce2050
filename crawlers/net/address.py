"""Which addresses may be fetched. Pure decisions; `guard` applies them to real connections."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What may be fetched.

    Attributes:
        allow_hosts: ``host``, ``host:port``, ``*.domain`` or ``*.domain:port`` that may lie on
            private addresses and any port.
        block_hosts: hosts never fetched, subdomains included.
        allow_ports: ports besides 80 and 443.
    """

    allow_hosts: tuple[str, ...] = ()
    block_hosts: tuple[str, ...] = ()
    allow_ports: tuple[int, ...] = ()

    def refusal(self, url: str) -> str | None:
        """Say why an address may not be asked for at all, or None when it may.

        Looks at scheme, host name and port; where the name leads is `address_allowed`'s matter.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            return "alamatnya tidak sah"
        host = (parts.hostname or "").lower().rstrip(".")
        if parts.scheme not in {"http", "https"}:
            return "skemanya bukan http atau https"
        if parts.username is not None or parts.password is not None:
            return "alamatnya memuat nama pengguna"
        if not host or any(host == b or host.endswith("." + b) for b in self.block_hosts):
            return "hosnya ada di daftar blokir"
        if port not in {80, 443, *self.allow_ports} and not self.listed(host, port):
            return f"port {port} tidak diizinkan"
        return None

    def listed(self, host: str, port: int | None) -> bool:
        """Say whether a host is on the allow-list for this port."""
        host = host.lower().rstrip(".")
        return any(_matches(pattern.lower(), host, port) for pattern in self.allow_hosts)

    def address_allowed(self, host: str, port: int | None, ip: Ip) -> bool:
        """Say whether a connection to `ip`, found under `host`, may be opened."""
        return is_public(ip) or self.listed(host, port)


def is_public(ip: Ip) -> bool:
    """Say whether an address is on the public internet, looking through IPv4 in IPv6."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def loopback_name(host: str) -> bool:
    """Say whether a name means this machine by standard (RFC 6761), without asking any DNS."""
    host = host.lower().rstrip(".")
    return host == "localhost" or host.endswith(".localhost")


def _matches(pattern: str, host: str, port: int | None) -> bool:
    name, colon, number = pattern.rpartition(":")
    if colon and number.isdigit():
        if port != int(number):
            return False
    else:
        name = pattern
    if name.startswith("*."):
        return host.endswith(name[1:])
    return host == name.strip("[]")
