"""Messages on their way, to a real HTTP server and a real SMTP server on loopback."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from pipelines.alerting import delivery
from pipelines.alerting.delivery import addresses, deliver, notify
from pipelines.alerting.notices import DELIVERED_TWICE, Notice
from pipelines.settings import Settings
from tests.alerting.world import FIRST, moment, settings
from warehouse import Lake, queries
from warehouse.queries.watch import failed_deliveries
from warehouse.store import AlertEvent, DeliveryRow, add_alert_events, add_delivery

WEEK = FIRST
ROOT = Path(__file__).resolve().parents[2]
NOTICE = Notice(
    "a-1:0", "Peringatan: Sampah", "12 laporan. Hubungi 081234567890.", "http://localhost:8501/berita"
)


@dataclass
class Hook:
    """A web hook that remembers what it got; `refuse` answers 500 that often."""

    port: int
    got: list[dict[str, Any]] = field(default_factory=list)
    refuse: int = 0
    hang: bool = False
    asked: threading.Event = field(default_factory=threading.Event)
    killed: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.port}/kunci-rahasia"


@pytest.fixture
def hook() -> Iterator[Hook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if found.hang:
                found.got.append(body)
                found.asked.set()
                found.killed.wait(60)  # the sender never learns whether it arrived
                return
            if found.refuse:
                found.refuse -= 1
                self.send_response(500)
            else:
                found.got.append(body)
                self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Hook(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def lake(empty: Path, tmp_path: Path) -> Iterator[Lake]:
    shutil.copytree(empty, tmp_path / "home")
    with Lake(tmp_path / "home", now=moment(WEEK, 7, 1)) as made:
        yield made


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


Configure = Callable[..., Settings]


@pytest.fixture
def sends_to(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Configure:
    monkeypatch.setattr(delivery, "PAUSE_SECONDS", 0.01)
    monkeypatch.delenv("PATI_ALERT_TO", raising=False)

    def configure(*urls: str) -> Settings:
        secret = lake.home / "keys" / "rahasia.env"
        secret.parent.mkdir(mode=0o700, exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(f"PATI_ALERT_TO={' '.join(urls)}\n")
        return settings(lake.home, WEEK)

    return configure


def test_a_message_arrives_once_masked_with_link_and_key(lake: Lake, hook: Hook, sends_to: Configure) -> None:
    here = sends_to(hook.url)
    assert notify(lake, here, [NOTICE]).n_sent == 1
    assert notify(lake, here, [NOTICE]).n_sent == 0
    (got,) = hook.got
    assert got["title"] == "Peringatan: Sampah"
    assert "081234567890" not in got["message"]
    assert "[HP]" in got["message"]
    assert "http://localhost:8501/berita" in got["message"]
    assert "Kode: a-1:0" in got["message"]
    assert DELIVERED_TWICE not in got["message"]


def test_a_refusal_is_tried_again(lake: Lake, hook: Hook, sends_to: Configure) -> None:
    hook.refuse = 2
    assert notify(lake, sends_to(hook.url), [NOTICE]).n_sent == 1
    assert len(hook.got) == 1


def test_a_failure_is_seen_and_made_good_in_the_next_run(lake: Lake, hook: Hook, sends_to: Configure) -> None:
    hook.refuse = 3
    here = sends_to(hook.url)
    sent = notify(lake, here, [NOTICE])
    assert (sent.n_sent, sent.n_failed) == (0, 1)
    assert "GAGAL" in sent.message
    (row,) = queries.records(failed_deliveries(lake))
    assert (row["notice"], row["service"], row["n_tries"]) == ("a-1:0", "json", 3)
    assert notify(lake, here, [NOTICE]).n_sent == 1
    assert failed_deliveries(lake).empty


def test_nobody_listening_is_a_failure_not_an_error(lake: Lake, sends_to: Configure) -> None:
    assert notify(lake, sends_to(f"json://127.0.0.1:{free_port()}"), [NOTICE]).n_failed == 1


def test_killed_while_sending_it_is_sent_again_and_says_so(
    lake: Lake, hook: Hook, sends_to: Configure
) -> None:
    here = sends_to(hook.url)
    (address,), _ = addresses(here)
    add_delivery(lake, DeliveryRow(NOTICE.key, address.key, "json", "sending", here.now()))
    assert notify(lake, here, [NOTICE]).n_sent == 1
    assert DELIVERED_TWICE in hook.got[0]["message"]


SEND = """
import sys
from pathlib import Path
from pipelines.alerting.delivery import notify
from tests.alerting.test_delivery import NOTICE, WEEK
from tests.alerting.world import moment, settings
from warehouse import Lake

home = Path(sys.argv[1])
with Lake(home, now=moment(WEEK, 7, 1)) as lake:
    notify(lake, settings(home, WEEK), [NOTICE])
"""


def test_killed_for_real_the_second_copy_says_so_and_there_is_no_third(
    lake: Lake, hook: Hook, sends_to: Configure
) -> None:
    here = sends_to(hook.url)
    hook.hang = True
    sender = subprocess.Popen([sys.executable, "-c", SEND, str(lake.home)], cwd=ROOT)
    assert hook.asked.wait(120)
    sender.kill()
    sender.wait()
    hook.hang = False
    hook.killed.set()
    assert notify(lake, here, [NOTICE]).n_sent == 1
    assert notify(lake, here, [NOTICE]).n_sent == 0
    assert [DELIVERED_TWICE in one["message"] for one in hook.got] == [False, True]


def test_each_address_gets_its_own(lake: Lake, hook: Hook, sends_to: Configure) -> None:
    notify(lake, sends_to(hook.url), [NOTICE])
    both = sends_to(hook.url, hook.url.replace("kunci", "lain"))
    assert notify(lake, both, [NOTICE]).n_sent == 1
    assert len(hook.got) == 2


def test_no_address_stands_in_the_lake(lake: Lake, hook: Hook, sends_to: Configure) -> None:
    notify(lake, sends_to(hook.url), [NOTICE])
    assert "rahasia" not in str(lake.rows("FROM alert_delivery"))
    assert str(hook.port) not in str(lake.rows("SELECT address, service, detail FROM alert_delivery"))


def test_an_address_that_is_none_is_named_by_its_place(lake: Lake, sends_to: Configure) -> None:
    sent = notify(lake, sends_to("bukan-alamat://sandi@x"), [NOTICE])
    assert "Alamat ke-1 di PATI_ALERT_TO" in sent.message
    assert "sandi" not in sent.message


def test_without_addresses_nothing_happens(lake: Lake, sends_to: Configure) -> None:
    assert notify(lake, sends_to(), [NOTICE]).message == ""


def event(key: str, kind: str, days: float = 0, **more: Any) -> AlertEvent:
    when = moment(WEEK, 7) - timedelta(days=days)
    return AlertEvent(
        key, kind, when, "surge", "sampah", WEEK.monday, WEEK.sunday, 12, 4, "Sampah: 12 laporan.",
        "Tanpa 9 ini bukan peringatan.", **more,
    )  # fmt: skip


def test_events_become_messages(lake: Lake, hook: Hook, sends_to: Configure) -> None:
    made = [
        event("a-1", "opened"),
        event("a-1", "extended"),  # nobody is told twice of what goes on
        event("a-1", "closed", actor="Sari", note="kerja bakti"),
        event("a-2", "opened", days=8),  # too long ago
    ]
    add_alert_events(lake, lambda: made)
    here = sends_to(hook.url)
    assert deliver(lake, here).n_sent == 2
    assert deliver(lake, here).n_sent == 0
    opened_, closed = hook.got
    assert opened_["title"].startswith("Peringatan: ")
    assert "Tanpa 9" in opened_["message"]
    assert "http://localhost:8501/berita?tampil=Dokumen&topik=" in opened_["message"]
    assert "Ditutup oleh Sari: kerja bakti." in closed["message"]


def test_what_opened_and_closed_in_weeks_without_a_run_is_one_message(
    lake: Lake, hook: Hook, sends_to: Configure
) -> None:
    gone = [event(f"a-{n}", kind) for n in (1, 2, 3) for kind in ("opened", "quiet", "closed")]
    add_alert_events(lake, lambda: [*gone, event("a-4", "opened"), event("a-5", "opened", days=1)])
    add_alert_events(lake, lambda: [event("a-5", "closed")])  # known before: told as always
    here = sends_to(hook.url)
    assert deliver(lake, here).n_sent == 4
    assert deliver(lake, here).n_sent == 0
    (summary,) = [one for one in hook.got if one["title"] == "Peringatan yang sudah lewat: 3"]
    assert summary["message"].count(f"(minggu {WEEK.monday:%d-%m-%Y})") == 3
    assert sorted(one["title"].partition(":")[0] for one in hook.got if one is not summary) == [
        "Peringatan", "Peringatan", "Peringatan selesai",
    ]  # fmt: skip


def test_new_hits_of_a_saved_search_become_one_message(lake: Lake, hook: Hook, sends_to: Configure) -> None:
    found_at = moment(WEEK, 7)
    kept: list[Any] = ["Jalan rusak", "jalan rusak", "{}", found_at, found_at - timedelta(days=1), "", True]
    lake.write(lambda con: con.execute("INSERT INTO saved_search VALUES (?, ?, ?, ?, ?, ?, ?)", kept))
    hits = [
        ["Jalan rusak", key, found_at, fresh] for key, fresh in (("n1", True), ("n2", True), ("old", False))
    ]
    lake.write(
        lambda con: con.executemany(
            "INSERT INTO saved_search_hit (name, doc_id, found_at, fresh) VALUES (?, ?, ?, ?)", hits
        )
    )
    here = sends_to(hook.url)
    assert deliver(lake, here).n_sent == 1
    assert deliver(lake, here).n_sent == 0
    (told,) = hook.got
    assert told["title"] == "Temuan baru pencarian tersimpan: Jalan rusak"
    assert "2 dokumen baru" in told["message"]
    assert "/berita?tampil=Dokumen&q=jalan+rusak" in told["message"]


def test_by_mail(lake: Lake, sends_to: Configure) -> None:
    received: list[Any] = []

    class Box:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
            received.append(message_from_bytes(envelope.content, policy=default))
            return "250 OK"

    port = free_port()
    box = Controller(Box(), hostname="127.0.0.1", port=port)
    box.start()
    try:
        url = f"mailto://127.0.0.1:{port}?from=pati@contoh.example&to=humas@contoh.example&mode=insecure"
        assert notify(lake, sends_to(url), [NOTICE]).n_sent == 1
    finally:
        box.stop()
    (mail,) = received
    assert mail["Subject"] == "Peringatan: Sampah"
    assert "humas@contoh.example" in mail["To"]
    assert "Kode: a-1:0" in mail.get_body(("plain",)).get_content()
