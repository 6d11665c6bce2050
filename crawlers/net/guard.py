"""The SSRF guard: every connection's address is checked after DNS, where it cannot be forged.

Scrapy resolves names through the reactor and connects to what comes back, so a resolver that
drops private addresses guards every hop: the first request, each redirect, robots.txt. The
address checked is the address connected to; a name that changes in between gains nothing.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import IgnoreRequest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.net.address import AddressPolicy, loopback_name

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

# hosts whose addresses were all refused in this process, to name the reason afterwards
_refused: set[str] = set()


class RefusedError(IgnoreRequest):
    """The address may not be fetched; the message says why, in Indonesian."""


def was_refused(host: str) -> bool:
    """Say whether a host was found to lie only on addresses that may not be reached."""
    return host.lower() in _refused


def policy_from(settings: Any) -> AddressPolicy:  # noqa: ANN401 - Scrapy's settings are untyped
    """Read the policy from Scrapy settings (see `crawlers.settings`)."""
    policy = settings["PATI_ADDRESS_POLICY"]
    if not isinstance(policy, AddressPolicy):
        raise TypeError("PATI_ADDRESS_POLICY is missing from the settings")
    return policy


@implementer(IHostnameResolver)
class GuardedResolver:
    """Scrapy's `TWISTED_DNS_RESOLVER`: resolves names, hands on only permitted addresses."""

    def __init__(self, reactor: Any, policy: AddressPolicy) -> None:  # noqa: ANN401
        self._reactor = reactor
        self._inner = reactor.nameResolver
        self._policy = policy

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:  # noqa: ANN401
        """Build from Scrapy's settings."""
        return cls(reactor, policy_from(crawler.settings))

    def install_on_reactor(self) -> None:
        """Take the reactor's resolver's place."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: ANN401, N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: ANN401, N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:  # noqa: ANN401
        """Resolve a host; addresses that the policy refuses are never handed on."""
        filtered = _Filter(resolutionReceiver, hostName, portNumber, self._policy)
        if loopback_name(hostName):
            resolution = _Resolution(hostName)
            filtered.resolutionBegan(resolution)
            filtered.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
            filtered.resolutionComplete()
            return resolution
        return self._inner.resolveHostName(filtered, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing runs that could be cancelled."""


@implementer(IResolutionReceiver)
class _Filter:
    """Stands between the real resolver and the connection that waits for addresses."""

    def __init__(self, receiver: Any, host: str, port: int, policy: AddressPolicy) -> None:  # noqa: ANN401
        self._receiver, self._host, self._port, self._policy = receiver, host, port, policy
        self._passed = self._dropped = 0

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: ANN401, N802
        """Pass on."""
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        """Pass on what the policy permits."""
        ip = ipaddress.ip_address(str(address.host).split("%", maxsplit=1)[0])
        if self._policy.address_allowed(self._host, self._port, ip):
            self._passed += 1
            self._receiver.addressResolved(address)
        else:
            self._dropped += 1

    def resolutionComplete(self) -> None:  # noqa: N802
        """Remember a host that had only refused addresses; the connection then fails."""
        if self._dropped and not self._passed:
            _refused.add(self._host.lower())
        else:
            _refused.discard(self._host.lower())
        self._receiver.resolutionComplete()


class AddressPolicyMiddleware:
    """Refuses schemes, ports and hosts before a request leaves, on every hop."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from Scrapy's settings."""
        return cls(policy_from(crawler.settings))

    def process_request(self, request: Request) -> None:
        """Refuse what may not be asked for."""
        why = self._policy.refusal(request.url)
        if why:
            raise RefusedError(f"Alamat ditolak: {why}.")
