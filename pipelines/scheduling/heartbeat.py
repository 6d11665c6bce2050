"""Is the system alive, and who is told when it is not.

Inside: ``state/heartbeat.json``, which the dashboard looks at. Outside: an address that is asked after every
good run, whose owner speaks up when nobody asks; and `pati heartbeat --check`, for another scheduler.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dashboard.pulse import NAME
from pipelines.faults import Facts, Fault, silence
from pipelines.scheduling import book
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.alerting.delivery import Sent

log = logging.getLogger(__name__)
TOLD: Final = "silence-told.json"
"""In `state/`: of which silence people were told, so that they are told once."""
PING_SECONDS: Final = 10.0


def beat(settings: Settings) -> None:
    """Note that the scheduler is alive, and when the last good run began.

    Raises:
        OSError: it cannot be written.
    """
    known = book.read(settings.home)
    book.put(
        settings.home / "state" / NAME,
        {
            "at": settings.now(), "run_at": known.success_at("run"), "since": known.since,
            "silent_hours": settings.config.schedule.heartbeat.silent_hours,
        },
    )  # fmt: skip


def silent(settings: Settings) -> Fault | None:
    """Whether the system has been silent for too long; None also where nobody scheduled anything."""
    known = book.read(settings.home)
    facts = Facts(settings.now(), run_at=known.success_at("run"), silent_since=known.since)
    return silence(facts, settings.config.schedule)


def ping(settings: Settings) -> str | None:
    """Ask the dead man's switch; the reason if that did not work. Never fails a run.

    The address is the analyst's own: its host may be asked, and lies on a private address only if
    ``allow_hosts`` of ``crawl.yaml`` says so, as for every other address.
    """
    from crawlers.net.address import AddressPolicy
    from crawlers.net.client import CallError, Client

    url = settings.config.schedule.heartbeat.ping
    if url is None:
        return None
    rules = settings.config.crawl
    policy = AddressPolicy(rules.allow_hosts, rules.block_hosts, rules.allow_ports)
    client = Client((urlsplit(url).hostname or "",), policy, rules.user_agent, PING_SECONDS)
    try:
        reply = client.get(url)
    except CallError as error:
        log.warning("heartbeat ping: %s", error.trouble)
        return error.trouble
    finally:
        client.close()
    if reply.status >= 400:
        log.warning("heartbeat ping: status %d", reply.status)
        return f"status {reply.status}"
    return None


def tell(settings: Settings, fault: Fault) -> Sent | None:
    """Tell the receivers of alerts of a silence, once each silence.

    Returns:
        What became of the messages; None: they were told of this silence before.

    Raises:
        LakeError: there is no lake to book the message in.
    """
    from pipelines.alerting.delivery import notify
    from pipelines.alerting.notices import Notice
    from pipelines.run import open_lake

    known = book.read(settings.home)
    since = known.success_at("run") or known.since or settings.now()
    path = settings.home / "state" / TOLD
    if _told(path) == since.isoformat():
        return None
    key = f"diam:{since:%Y%m%dT%H%M%S}"
    notice = Notice(key, "Pati Maju diam", fault.sentence, settings.config.alerts.delivery.dashboard)
    with open_lake(settings) as lake:
        sent = notify(lake, settings, [notice])
    if sent.n_sent and not sent.n_failed:
        book.put(path, {"since": since})
    return sent


def _told(path: Path) -> str | None:
    import json

    try:
        found: str = json.loads(path.read_text(encoding="utf-8"))["since"]
        return datetime.fromisoformat(found).isoformat()
    except (OSError, ValueError, KeyError, TypeError):
        return None
