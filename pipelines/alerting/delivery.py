"""Send messages through apprise: once to each address, tried again, and said when it fails.

Before each try a row says "sending", after it "sent" or "failed". Killed between the two, nobody can
know whether the message arrived: it is sent again and says so. That is at-least-once; every message
carries its key, so that a reader can tell a second copy.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from pipelines.alerting.notices import Notice, in_passing, of_event, of_hits
from pipelines.privacy import key_masker
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries import records
from warehouse.queries.saved_searches import new_hits
from warehouse.queries.watch import deliveries, events_to_send
from warehouse.store import DeliveryRow, add_delivery

PAUSE_SECONDS = 1.0
"""Before the second try; doubled before each further one."""
log = logging.getLogger(__name__)


class Send(Protocol):
    """Hands a message to a service."""

    def __call__(self, title: str, body: str, files: Sequence[Path] = ()) -> bool:
        """Whether it was accepted."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages go.

    Attributes:
        key: keyed digest; the address itself is a secret and stands nowhere.
        service: kind of service, e.g. ``mailto``.
        send: takes title, body and files to attach, says whether it was accepted.
    """

    key: str
    service: str
    send: Send


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of messages.

    Attributes:
        n_sent: accepted by their service.
        n_failed: not accepted after all tries.
        problems: sentences about addresses that cannot be used.
    """

    n_sent: int = 0
    n_failed: int = 0
    problems: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """One or more Indonesian sentences; empty if there was nothing to send."""
        said = [f"{self.n_sent} pesan terkirim."] if self.n_sent else []
        if self.n_failed:
            said.append(f"{self.n_failed} pesan GAGAL terkirim dan dicoba lagi pada putaran berikutnya.")
        return " ".join([*said, *self.problems])


def deliver(lake: Lake, settings: Settings) -> Sent:
    """Send what happened to alerts or was found by saved searches and has not reached every address."""
    rules = settings.config.alerts.delivery
    since = settings.now() - timedelta(days=rules.give_up_days)
    rows = records(events_to_send(lake, since, rules.events))
    notices = [of_event(row, rules.dashboard) for row in rows if not row["in_passing"]]
    notices += in_passing([row for row in rows if row["in_passing"]])
    notices += [of_hits(found, rules.give_up_days, rules.dashboard) for found in new_hits(lake, since)]
    return notify(lake, settings, notices)


def notify(lake: Lake, settings: Settings, notices: Sequence[Notice]) -> Sent:
    """Send each message once to each address.

    Args:
        lake: where it is booked.
        settings: addresses and how often to try.
        notices: whoever wants something said makes some; those sent before are left out.
    """
    found, problems = addresses(settings)
    if not notices or not found:
        return Sent(problems=tuple(problems) if notices else ())
    mask = key_masker(settings.config)
    known = deliveries(lake)
    done = Sent(problems=tuple(problems))
    for notice in notices:
        for address in found:
            state, _ = known.get((notice.key, address.key), (None, None))
            if state == "sent":
                continue
            clean = replace(notice, title=mask(notice.title), body=mask(notice.body))
            if _try(lake, settings, clean, address, again=state == "sending"):
                done = replace(done, n_sent=done.n_sent + 1)
            else:
                done = replace(done, n_failed=done.n_failed + 1)
    return done


def _try(lake: Lake, settings: Settings, notice: Notice, address: Address, *, again: bool) -> bool:
    def book(state: str, detail: str = "") -> None:
        add_delivery(
            lake, DeliveryRow(notice.key, address.key, address.service, state, settings.now(), detail)
        )

    attempts = settings.config.alerts.delivery.attempts
    for nth in range(attempts):
        if nth:
            time.sleep(PAUSE_SECONDS * 2 ** (nth - 1))
        book("sending")
        problem = "layanan menolak atau tidak menjawab"
        try:
            accepted = address.send(notice.title, notice.text(again=again))
        except Exception as err:  # noqa: BLE001 - whatever a plugin of apprise raises
            accepted, problem = False, type(err).__name__
        if accepted:
            book("sent")
            return True
        book("failed", problem)
    log.warning("notice %s not delivered through %s (%s)", notice.key, address.service, problem)
    return False


def addresses(settings: Settings) -> tuple[list[Address], list[str]]:
    """The addresses of the configuration, and what is wrong with others."""
    tokens, found, problems = settings.tokens(), [], []
    for name in settings.config.alerts.delivery.to:
        if tokens.problem and name not in tokens:
            problems.append(f"{tokens.problem}.")
        for nth, url in enumerate(tokens.get(name, "").split(), 1):
            address = address_of(settings, url)
            if address is None:
                problems.append(
                    f"Alamat ke-{nth} di {name} tidak dikenali; tulis seperti mailtos://… atau tgram://… "
                    "(lihat docs/alerts.md)."
                )
                continue
            found.append(address)
    return found, problems


def address_of(settings: Settings, url: str) -> Address | None:
    """An address as apprise writes it; None: apprise does not know how to send there."""
    service = _service(url)
    return (
        None
        if service is None
        else Address(digest_of(settings, url), url.partition(":")[0], _sender(service))
    )


def digest_of(settings: Settings, address: str) -> str:
    """The keyed digest by which an address is known in the lake."""
    return hmac.new(settings.pseudonym_key(), address.encode(), hashlib.sha256).hexdigest()[:16]


def _service(url: str) -> Any:  # noqa: ANN401 - an apprise plugin, which has no types
    with warnings.catch_warnings():
        # apprise imports a module of Python that is deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise

        return apprise.Apprise.instantiate(url, suppress_exceptions=True)


def _sender(service: Any) -> Send:  # noqa: ANN401 - same
    def send(title: str, body: str, files: Sequence[Path] = ()) -> bool:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            attached = {"attach": [str(path) for path in files]} if files else {}
            return bool(service.notify(title=title, body=body, body_format="text", **attached))

    return send
