"""Who gets the report: addresses of e-mail and of apprise, read from secrets and never written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from pipelines.alerting.delivery import Address, address_of, digest_of
from pipelines.report_sending.letter import Letter, message_of
from pipelines.report_sending.mail import Outcome, Server, ServerError, hand_over, server_of
from pipelines.settings import Settings

MAIL: Final = "e-mail"
_MAILBOX: Final = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Receiver:
    """One receiver.

    Attributes:
        key: keyed digest of the address.
        shown: the address with its name cut, for people who look after deliveries.
        service: ``e-mail``, or the kind of service as apprise calls it.
        give: hands a letter over, under a message id.
    """

    key: str
    shown: str
    service: str
    give: Callable[[Letter, str], Outcome]


def receivers(settings: Settings) -> tuple[list[Receiver], list[str]]:
    """The receivers of the configuration, each once, and what is wrong with others (sentences)."""
    tokens, rules = settings.tokens(), settings.config.report.delivery
    found: dict[str, Receiver] = {}
    problems: list[str] = []
    for name in rules.to:
        if tokens.problem and name not in tokens:
            problems.append(f"{tokens.problem}.")
        for nth, one in enumerate(tokens.get(name, "").split(), 1):
            try:
                receiver = _receiver(settings, one)
            except ServerError as problem:
                problems.append(str(problem))
                continue
            if receiver is None:
                problems.append(
                    f"Penerima ke-{nth} di {name} tidak dikenali; tulis alamat e-mail atau alamat apprise."
                )
            else:
                found.setdefault(receiver.key, receiver)
    return list(found.values()), list(dict.fromkeys(problems))


def _receiver(settings: Settings, written: str) -> Receiver | None:
    if "://" in written:
        address = address_of(settings, written)
        if address is None:
            return None
        return Receiver(address.key, address.service, address.service, partial(_by_apprise, address))
    if not _MAILBOX.fullmatch(written):
        return None
    rules = settings.config.report.delivery
    server = server_of(settings.tokens().get(rules.smtp, ""), rules.smtp)
    give = partial(_by_mail, server, rules.sender, written)
    return Receiver(digest_of(settings, written), cut(written), MAIL, give)


def cut(address: str) -> str:
    """``b…@contoh.example``: enough to tell receivers apart, not enough to write to them."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def _by_mail(server: Server, sender: str, to: str, letter: Letter, message_id: str) -> Outcome:
    return hand_over(server, message_of(letter, sender, to, message_id), sender, to)


def _by_apprise(address: Address, letter: Letter, message_id: str) -> Outcome:
    """Apprise says yes or no, and no reasons: what it does not accept counts as not arrived."""
    body = f"{letter.body}\n\nKode: {message_id.strip('<>')}"
    try:
        accepted = address.send(letter.title, body, [Path(path) for path, _ in letter.files])
    except Exception as problem:  # noqa: BLE001 - whatever a plugin of apprise raises
        return Outcome("failed", type(problem).__name__)
    return Outcome("sent") if accepted else Outcome("failed", "layanan menolak atau tidak menjawab")
