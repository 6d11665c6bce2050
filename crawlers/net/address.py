"""Which addresses may be fetched. Pure decisions; `guard` applies them to real connections."""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
# NAT64 prefixes: the well-known one (RFC 6052) and the one for local use (RFC 8215)
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
# Not public in use, though this version of Python calls them global: IETF protocol assignments
# (RFC 6890), and the address under which Azure's host answers its own machines.
_NOT_PUBLIC = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("168.63.129.16/32"))
LONGEST = 2083  # characters of an address; what browsers and servers took for decades


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What may be fetched.

    Attributes:
        allow_hosts: ``host``, ``host:port``, ``*.domain`` or ``*.domain:port`` that may lie on
            private addresses and any port; ``10.20.0.0/16`` lets every host lie there.
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
        if len(url) > LONGEST:
            return f"alamatnya lebih panjang dari {LONGEST} huruf"
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            return "alamatnya tidak sah"
        host = bare_host(parts.hostname or "")
        if parts.scheme not in {"http", "https"}:
            return "skemanya bukan http atau https"
        if parts.username is not None or parts.password is not None:
            return "alamatnya memuat nama pengguna"
        return _host_refusal(self, host, port)

    def listed(self, host: str, port: int | None) -> bool:
        """Say whether a host is on the allow-list for this port."""
        host = bare_host(host)
        return any(_matches(pattern.lower(), host, port) for pattern in self.allow_hosts)

    def address_allowed(self, host: str, port: int | None, ip: Ip) -> bool:
        """Say whether a connection to `ip`, found under `host`, may be opened.

        The allow-list opens private and loopback addresses. Link-local ones, where clouds keep
        the keys of the machine, stay shut unless the list names the very address.
        """
        ip = inner_ip(ip)
        if is_public(ip) or any(ip in network for network in self._networks()):
            return True
        special = ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved
        return self.listed(host, port) and (not special or literal_ip(bare_host(host)) == ip)

    def _networks(self) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        return [ipaddress.ip_network(entry, strict=False) for entry in self.allow_hosts if "/" in entry]


@lru_cache(maxsize=1024)  # a crawl asks thousands of times for a few hundred hosts
def _host_refusal(policy: AddressPolicy, host: str, port: int) -> str | None:
    if not host or any(host == b or host.endswith("." + b) for b in policy.block_hosts):
        return "hosnya ada di daftar blokir"
    if port not in {80, 443, *policy.allow_ports} and not policy.listed(host, port):
        return f"port {port} tidak diizinkan"
    ip = literal_ip(host)
    if ip is not None and not policy.address_allowed(host, port, ip):
        return "alamat IP-nya berada di jaringan dalam"
    return None


def is_public(ip: Ip) -> bool:
    """Say whether an address is on the public internet, looking through IPv4 in IPv6."""
    ip = inner_ip(ip)
    odd = ip.is_multicast or ip.is_reserved or any(ip in network for network in _NOT_PUBLIC)
    return ip.is_global and not odd


def inner_ip(ip: Ip) -> Ip:
    """Return the IPv4 address inside a mapped, 6to4, Teredo or NAT64 address, else the address."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
    if inner is None and any(ip in network for network in _NAT64):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return inner or ip


def bare_host(host: str) -> str:
    """Fold a host name: lower case, no trailing dot, full-width and circled digits as digits."""
    return unicodedata.normalize("NFKC", host).replace("\u3002", ".").lower().rstrip(".")


def literal_ip(host: str) -> Ip | None:
    """Read a host that is an address, also in the forms that only C libraries know.

    ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` all mean 127.0.0.1 to `inet_aton`, and so to
    whoever connects.
    """
    plain = host.strip("[]").partition("%")[0]
    if ":" in plain:
        try:
            return ipaddress.IPv6Address(plain)
        except ValueError:
            return None
    if not plain[:1].isdigit() or not plain.isascii() or any(c.isspace() for c in plain):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(plain))
    except OSError:
        return None


def loopback_name(host: str) -> bool:
    """Say whether a name means this machine by standard (RFC 6761), without asking any DNS."""
    host = bare_host(host)
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
