"""`tests.crawlers.drive` with a DNS of its own: names answer differently every time they are asked.

`python -m tests.hostile.rebinding_drive HOME NOW` reads HOME/answers.json (name to a list of
answers, each a list of addresses, the last one for ever) and writes HOME/asked.json (name to how
often it was asked for).
"""

import ipaddress
import json
import sys
from pathlib import Path
from typing import Any

from scrapy.utils.reactor import install_reactor

install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")

from twisted.internet import reactor  # noqa: E402 - must come after the choice of reactor
from twisted.internet.address import IPv4Address, IPv6Address  # noqa: E402
from twisted.internet.interfaces import IHostnameResolver, IHostResolution  # noqa: E402
from zope.interface import implementer  # noqa: E402

from tests.crawlers import drive  # noqa: E402


@implementer(IHostResolution)
class Resolution:
    """One answer."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """It is over already."""


@implementer(IHostnameResolver)
class Rebinding:
    """Gives one answer after the other."""

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self.answers = answers
        self.asked = dict.fromkeys(answers, 0)

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Resolution:  # noqa: N802
        """Answer."""
        answers = self.answers[name]
        answer = answers[min(self.asked[name], len(answers) - 1)]
        self.asked[name] += 1
        resolution = Resolution(name)
        receiver.resolutionBegan(resolution)
        for one in answer:
            kind = IPv4Address if ipaddress.ip_address(one).version == 4 else IPv6Address
            receiver.addressResolved(kind("TCP", one, port))
        receiver.resolutionComplete()
        return resolution


def main() -> None:
    home = Path(sys.argv[1])
    resolver = Rebinding(json.loads((home / "answers.json").read_text()))
    reactor.installNameResolver(resolver)
    drive.main()
    (home / "asked.json").write_text(json.dumps(resolver.asked))


if __name__ == "__main__":
    main()
