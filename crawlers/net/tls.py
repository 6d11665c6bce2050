"""TLS: certificates are verified. A host may be excused by name until a day, and then visibly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from OpenSSL import SSL
from service_identity import VerificationError
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import CertificateOptions
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAG = "tls_exception"


@implementer(IPolicyForHTTPS)
class ExcusingPolicy:
    """Verifies every host's certificate but those of the hosts excused.

    Args:
        strict: the policy that verifies.
        excused: host names whose certificates are not verified.
    """

    def __init__(self, strict: Any, excused: frozenset[str]) -> None:  # noqa: ANN401 - Twisted's interface
        self._strict, self._excused = strict, excused

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: ANN401, N802 - Twisted's interface
        """Return what makes a connection to this host."""
        if hostname.decode("ascii").lower() in self._excused:
            return _Unverified(hostname)
        return self._strict.creatorForNetloc(hostname, port)


@implementer(IOpenSSLClientConnectionCreator)
class _Unverified:
    def __init__(self, hostname: bytes) -> None:
        self._hostname = hostname

    def clientConnectionForTLS(self, tlsProtocol: Any) -> SSL.Connection:  # noqa: ANN401, ARG002, N802, N803 - Twisted's interface
        """Make a connection that checks nothing."""
        connection = SSL.Connection(CertificateOptions(verify=False).getContext(), None)
        connection.set_tlsext_host_name(self._hostname)
        return connection


def certificate_refused(error: BaseException) -> bool:
    """Say whether a fetch failed because the host's certificate cannot be trusted."""
    return any(
        isinstance(cause, VerificationError)
        or (isinstance(cause, SSL.Error) and "certificate verify failed" in repr(cause))
        for cause in _causes(error)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, what it was raised from, and the reasons that Twisted wrapped into it."""
    while error is not None:
        yield error
        for failure in getattr(error, "reasons", ()):
            yield failure.value
        error = error.__cause__
