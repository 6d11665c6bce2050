"""An approved report on its way, to a real mail server and a real web hook on loopback, also with SIGKILL."""

from __future__ import annotations

import base64
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from post import Office, Post
from report_seed import NOW, WEEK
from typer.testing import CliRunner

from config import Config
from config.report_delivery import ReportDelivery
from config.zones import WIB
from dashboard.report.editions import approve, draft_of, edition_folder, newest_edition, open_draft, report_id
from pipelines.report_sending import engine, mail, send_due, send_report
from pipelines.report_sending.letter import message_id_of
from pipelines.report_sending.mail import ServerError, server_of
from pipelines.report_sending.receivers import cut, receivers
from pipelines.run import RunError
from pipelines.settings import Settings
from tests.conftest import ROOT
from tests.dashboard.server import free_port
from warehouse import Lake
from warehouse.access import AccessError, viewer_of
from warehouse.queries import records
from warehouse.queries.report_events import report_deliveries
from warehouse.store.report_events import ReportStep, SendRow, add_sending, take_step

KEY = report_id(WEEK)
BUPATI, SEKDA, KABAG = "bupati@pati.example", "sekda@pati.example", "kabag@pati.example"
SLEEPLESS = "delivery: {pause_seconds: 0.01, attempts: 3}\n"


@pytest.fixture(scope="session")
def approved(tiny_lake: Lake, config: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one approved report; copied by the tests."""
    home = tmp_path_factory.mktemp("approved") / "home"
    shutil.copytree(tiny_lake.home / "lake", home / "lake")
    folder = home / "config"
    folder.mkdir()
    bundled = (ROOT / "config" / "report.yaml").read_text(encoding="utf-8")
    (folder / "report.yaml").write_text(
        bundled.partition("\ndelivery:")[0] + "\n" + SLEEPLESS, encoding="utf-8"
    )
    with Lake(home, now=NOW) as lake:
        open_draft(lake, WEEK, "sistem")
        take_step(lake, KEY, ReportStep("reviewed"), "ana")
        approve(lake, config, WEEK, "bupati")
    return home


@pytest.fixture
def home(approved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(approved, tmp_path / "home"))


@pytest.fixture
def lake(home: Path) -> Iterator[Lake]:
    with Lake(home, now=NOW) as found:
        yield found


@pytest.fixture
def post() -> Iterator[Post]:
    with Office(free_port()) as found:
        yield found


def told(home: Path, post: Post | None, *to: str, **secrets: str) -> Settings:
    """Settings of a home whose secrets name these receivers and this server."""
    keys = home / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    lines = {"PATI_REPORT_TO": " ".join(to), **secrets}
    if post is not None:
        lines["PATI_REPORT_SMTP"] = f"smtp://127.0.0.1:{post.port}"
    secret = keys / "rahasia.env"
    secret.touch(mode=0o600)
    secret.write_text("".join(f"{name}={value}\n" for name, value in lines.items()), encoding="utf-8")
    return Settings(home, home / "config", NOW)


def states(lake: Lake) -> dict[str, str]:
    """State by shown address, of the newest round."""
    return {str(row["shown"]): str(row["state"]) for row in reversed(records(report_deliveries(lake, KEY)))}


def test_everybody_gets_it_once_with_the_pdf_and_sees_nobody_else(lake: Lake, post: Post) -> None:
    here = told(lake.home, post, BUPATI, SEKDA, BUPATI)
    done = send_report(lake, here, WEEK, "ana")
    assert (done.n_sent, done.n_failed, done.complete) == (2, 0, True)
    assert post.n == {BUPATI: 1, SEKDA: 1}
    files = {one.name: one for one in newest_edition(lake, WEEK)}
    for to, message in post.got:
        assert message["To"] == to
        assert "sekda" not in str(message).replace(SEKDA if to == SEKDA else "", "")
        assert message["Subject"] == "Laporan Monitoring Media dan Aduan Mingguan, 9\N{EN DASH}15 Nov 2026"
        assert "Terpantau satu artikel berita" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        attached = {one.get_filename(): one.get_content() for one in message.iter_attachments()}  # type: ignore[union-attr]
        assert sorted(attached) == [f"laporan-{WEEK.iso}-ringkas.pdf", f"laporan-{WEEK.iso}.pdf"]
        for name, content in attached.items():
            assert content == (edition_folder(lake.home, KEY, 1) / name).read_bytes()
            assert len(content) == files[name].n_bytes
    assert len({message["Message-ID"] for _, message in post.got}) == 2
    assert draft_of(lake, WEEK).life.state == "sent"
    assert send_report(lake, here, WEEK, "ana").n_before == 2
    assert post.n == {BUPATI: 1, SEKDA: 1}


def test_somebody_who_comes_later_gets_it_alone(lake: Lake, post: Post) -> None:
    send_report(lake, told(lake.home, post, BUPATI), WEEK, "ana")
    send_report(lake, told(lake.home, post, BUPATI, SEKDA), WEEK, "ana")
    assert post.n == {BUPATI: 1, SEKDA: 1}


def test_a_refusal_is_tried_again_with_pauses(
    lake: Lake, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(engine.time, "sleep", pauses.append)
    post.refuse = ["451 later", "452 still later"]
    assert send_report(lake, told(lake.home, post, BUPATI), WEEK, "ana").n_sent == 1
    assert post.n == {BUPATI: 1}
    assert pauses == [0.01, 0.02]
    [row] = records(report_deliveries(lake, KEY))
    assert (row["state"], row["n_tries"], row["person"]) == ("sent", 3, "ana")


def test_a_failure_is_seen_and_made_good_by_the_next_sending(lake: Lake, post: Post) -> None:
    here = told(lake.home, post, BUPATI, SEKDA)
    post.closed = (SEKDA,)
    done = send_report(lake, here, WEEK, "ana")
    assert (done.n_sent, done.n_failed, done.complete) == (1, 1, False)
    assert "GAGAL" in done.message
    [failed] = [row for row in records(report_deliveries(lake, KEY)) if row["state"] == "failed"]
    assert failed["n_tries"] == 1, "an unknown mailbox is not tried three times"
    assert failed["detail"] == "ditolak peladen surat: 550 no such user …"
    assert draft_of(lake, WEEK).life.state == "approved"
    post.closed = ()
    assert send_report(lake, here, WEEK, "ana").n_sent == 1
    assert post.n == {BUPATI: 1, SEKDA: 1}
    assert draft_of(lake, WEEK).life.state == "sent"


def test_nobody_listening_is_a_failure_not_an_error(lake: Lake) -> None:
    done = send_report(lake, told(lake.home, Post(free_port()), BUPATI), WEEK, "ana")
    assert (done.n_sent, done.n_failed) == (0, 1)
    [row] = records(report_deliveries(lake, KEY))
    assert (row["state"], row["n_tries"]) == ("failed", 3)


@pytest.mark.parametrize("way", ["drop", "hang"])
def test_an_answer_that_never_comes_is_in_doubt_and_not_sent_again(
    lake: Lake, post: Post, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.5)
    setattr(post, way, True)
    here = told(lake.home, post, BUPATI)
    done = send_report(lake, here, WEEK, "ana")
    assert (done.n_unsure, done.n_failed) == (1, 0)
    assert "mungkin sudah terkirim" in done.message
    setattr(post, way, False)
    assert send_report(lake, here, WEEK, "ana").n_unsure == 1
    assert send_report(lake, here, WEEK, "ana", again=False).n_sent == 0
    assert post.n == {BUPATI: 1}
    # a person decides: it goes out once more, under the same id, by which a mailbox knows the copy
    assert send_report(lake, here, WEEK, "ana", release=True).n_sent == 1
    assert post.n == {BUPATI: 2}
    assert len({message["Message-ID"] for _, message in post.got}) == 1
    assert send_report(lake, here, WEEK, "ana", release=True).n_before == 1


def test_sending_again_is_a_round_of_its_own_and_logged(lake: Lake, post: Post) -> None:
    here = told(lake.home, post, BUPATI)
    assert send_report(lake, here, WEEK, "ana", again=True).n_sent == 1
    assert send_report(lake, here, WEEK, "budi", again=True).n_sent == 1
    assert post.n == {BUPATI: 2}
    assert len({message["Message-ID"] for _, message in post.got}) == 2
    rows = records(report_deliveries(lake, KEY))
    assert [(row["round"], row["person"]) for row in rows] == [(2, "budi"), (1, "ana")]


def test_a_corrected_edition_goes_to_everybody_and_says_so(lake: Lake, post: Post, config: Config) -> None:
    here = told(lake.home, post, BUPATI)
    send_report(lake, here, WEEK, "ana")
    take_step(lake, KEY, ReportStep("hidden", "R4", reason="keliru"), "cici")
    with pytest.raises(RunError, match="belum disetujui"):
        send_report(lake, here, WEEK, "ana")
    take_step(lake, KEY, ReportStep("reviewed"), "ana")
    approve(lake, config, WEEK, "bupati")
    send_report(lake, here, WEEK, "ana")
    assert [message["Subject"].endswith("(edisi 2)") for _, message in post.got] == [False, True]


def test_what_was_changed_in_the_archive_is_not_sent(lake: Lake, post: Post) -> None:
    (edition_folder(lake.home, KEY, 1) / f"laporan-{WEEK.iso}.html").write_text("lain", encoding="utf-8")
    with pytest.raises(RunError, match="bukan lagi yang disetujui"):
        send_report(lake, told(lake.home, post, BUPATI), WEEK, "ana")
    assert not post.got
    assert report_deliveries(lake, KEY).empty


def test_only_those_who_may_send(home: Path, post: Post) -> None:
    here = told(home, post, BUPATI)
    for role in ("pimpinan", "opd:dlh"):
        with Lake(home, now=NOW, viewer=viewer_of("uji", role)) as lake, pytest.raises(AccessError):
            send_report(lake, here, WEEK, "uji")
    assert not post.got


def test_two_at_once_do_not_send_twice(lake: Lake, post: Post) -> None:
    here = told(lake.home, post, BUPATI)
    with engine.alone(here), pytest.raises(RunError, match="sedang dikirim"):
        send_report(lake, here, WEEK, "ana")
    assert not post.got


def test_no_address_and_no_password_stands_in_the_lake_or_in_words(lake: Lake, post: Post) -> None:
    here = told(lake.home, post, BUPATI, "json://127.0.0.1:1/kunci-rahasia", "bukan-alamat", "x://sandi@y")
    done = send_report(lake, here, WEEK, "ana")
    assert "Penerima ke-3 di PATI_REPORT_TO" in done.message
    assert "Penerima ke-4 di PATI_REPORT_TO" in done.message
    everything = str(lake.rows("FROM report_delivery")) + done.message + str(receivers(here)[0])
    for secret in (BUPATI, "kunci-rahasia", "sandi@"):
        assert secret not in str(lake.rows("FROM report_delivery"))
        assert secret not in done.message
    assert "b…@pati.example" in everything


def test_without_receivers_it_says_where_they_are_written(lake: Lake) -> None:
    done = send_report(lake, told(lake.home, None), WEEK, "ana")
    assert "PATI_REPORT_TO" in done.message
    assert not done.complete
    assert (
        "PATI_REPORT_SMTP belum berisi"
        in send_report(lake, told(lake.home, None, BUPATI), WEEK, "ana").message
    )


def test_by_apprise_with_the_pdf(lake: Lake) -> None:
    got: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(500 if len(got) == 0 else 200)
            got.append(json.loads(body))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        here = told(lake.home, None, f"json://127.0.0.1:{server.server_port}/x")
        assert send_report(lake, here, WEEK, "ana").n_sent == 1
        assert send_report(lake, here, WEEK, "ana").n_before == 1
    finally:
        server.shutdown()
        server.server_close()
    refused, taken = got
    assert refused["title"] == taken["title"]
    assert "Kode: weekly-2026-w46.1.1." in taken["message"]
    attached = {one["filename"]: base64.b64decode(one["base64"]) for one in taken["attachments"]}
    name = f"laporan-{WEEK.iso}.pdf"
    assert attached[name] == (edition_folder(lake.home, KEY, 1) / name).read_bytes()


@pytest.mark.parametrize(
    ("state", "release", "plan"),
    [
        (None, False, "send"), (None, True, "send"), ("failed", False, "send"), ("released", False, "send"),
        ("sent", False, "skip"), ("sent", True, "skip"), ("intended", False, "doubt"),
        ("unsure", False, "doubt"),
        ("intended", True, "release"), ("unsure", True, "release"),
    ],
)  # fmt: skip
def test_what_is_done_for_each_state(state: str | None, release: bool, plan: str) -> None:
    assert engine.plan_of(state, release=release) == plan


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "user"),
    [
        ("smtps://a:b%40c@surat.example", "surat.example", 465, "implicit", "a"),
        ("smtp://a:b@surat.example", "surat.example", 587, "starttls", "a"),
        ("smtp://surat.example:25?starttls=never", "surat.example", 25, "none", ""),
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, "none", ""),
    ],
)
def test_servers(url: str, host: str, port: int, tls: str, user: str) -> None:
    found = server_of(url, "X")
    assert (found.host, found.port, found.tls, found.user) == (host, port, tls, user)
    assert "b@c" not in repr(found)


@pytest.mark.parametrize(
    "url", ["", "surat.example", "http://surat.example", "smtp://", "smtp://a:b@surat.example?starttls=never",
            "smtps://surat.example:xx", "smtps://[x"],
)  # fmt: skip
def test_servers_that_cannot_be_used(url: str) -> None:
    with pytest.raises(ServerError, match=r"^X .*\.$"):
        server_of(url, "X")


def test_an_id_of_a_message_depends_on_what_it_is() -> None:
    one = message_id_of(KEY, 1, 1, "aa", "x@pati.example")
    assert one == message_id_of(KEY, 1, 1, "aa", "x@pati.example")
    others = {
        message_id_of(*args, "x@pati.example")
        for args in ((KEY, 2, 1, "aa"), (KEY, 1, 2, "aa"), (KEY, 1, 1, "b"))
    }
    assert len({one, *others}) == 4
    assert one.endswith("@pati.example>")
    assert cut("bupati@pati.example") == "b…@pati.example"


RULES = ReportDelivery()


@pytest.mark.parametrize(
    ("rules", "when"),
    [
        (RULES, datetime(2026, 11, 16, 7, 0, tzinfo=WIB)),
        (RULES.model_copy(update={"day": "rabu"}), datetime(2026, 11, 18, 7, 0, tzinfo=WIB)),
        (RULES.model_copy(update={"day": "minggu"}), datetime(2026, 11, 22, 7, 0, tzinfo=WIB)),
    ],
)
def test_when_it_is_due(rules: ReportDelivery, when: datetime) -> None:
    assert engine.due_at(rules, WEEK) == when


@pytest.mark.parametrize(
    ("later", "n_sent", "said"),
    [
        (timedelta(minutes=-1), 0, "dikirim mulai 16-11-2026 07.00 WIB"),
        (timedelta(0), 1, "Terkirim ke 1 penerima"),
        (timedelta(days=4), 1, "Terkirim ke 1 penerima"),
        (timedelta(days=6), 0, "sudah lewat"),
    ],
)
def test_scheduled_it_goes_out_from_its_hour_on(
    home: Path, post: Post, later: timedelta, n_sent: int, said: str
) -> None:
    here = replace(told(home, post, BUPATI), fixed_now=NOW + later)
    with Lake(home, now=NOW + later) as lake:
        done = send_due(lake, here)
        assert done.n_sent == n_sent
        assert said in done.message
        assert send_due(lake, here).n_sent == 0
    assert len(post.got) == n_sent


def test_scheduled_what_nobody_approved_stays(home: Path, post: Post) -> None:
    with Lake(home, now=NOW) as lake:
        take_step(lake, KEY, ReportStep("hidden", "R4", reason="x"), "cici")
        done = send_due(lake, told(home, post, BUPATI))
    assert "belum disetujui dan belum dikirim" in done.message
    assert not post.got


SEND = """
import sys
from datetime import datetime
from pathlib import Path
from pipelines.report_sending import send_report
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries import Week

home, now = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
with Lake(home, now=now) as lake:
    print("ready", flush=True)
    done = send_report(lake, Settings(home, home / "config", now), Week.parse(sys.argv[3]), "ana")
"""


def sender(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SEND, str(home), NOW.isoformat(), WEEK.iso]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_killed_with_the_message_at_the_server_it_is_never_sent_again(home: Path, post: Post) -> None:
    here = told(home, post, BUPATI, SEKDA)
    post.hang = True
    process = sender(home)
    assert post.asked.wait(120)
    process.kill()
    process.communicate()
    post.hang = False
    with Lake(home, now=NOW) as lake:
        done = send_report(lake, here, WEEK, "ana")
        assert (done.n_unsure, done.n_sent) == (1, 1)
        assert states(lake) == {"b…@pati.example": "unsure", "s…@pati.example": "sent"}
        assert send_report(lake, here, WEEK, "ana").n_sent == 0
    assert post.n == {BUPATI: 1, SEKDA: 1}


def test_killed_before_it_left_it_is_in_doubt_all_the_same(lake: Lake, post: Post) -> None:
    here = told(lake.home, post, BUPATI)
    [receiver], _ = receivers(here)
    row = SendRow(KEY, 1, 1, receiver.key, receiver.shown, receiver.service, "<x@y>", "intended", "ana")
    add_sending(lake, row)
    assert send_report(lake, here, WEEK, "ana").n_unsure == 1
    assert not post.got


@pytest.mark.proof
def test_killed_at_any_moment_nobody_gets_it_twice(home: Path, post: Post) -> None:
    everybody = [f"orang{n}@pati.example" for n in range(12)]
    here = told(home, post, *everybody)
    post.slow = 0.05
    chance = random.Random(8)  # noqa: S311 - moments to kill at
    killed = 0
    for _ in range(40):
        process = sender(home)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.6))
        if process.poll() is None:
            killed += 1
        process.kill()
        process.communicate()
    with Lake(home, now=NOW) as lake:
        send_report(lake, here, WEEK, "ana")
        rows = records(report_deliveries(lake, KEY))
    assert killed >= 10
    assert len(rows) == len(everybody)
    assert max(post.n.values()) == 1, "nobody gets it twice"
    told_sent = [row for row in rows if row["state"] == "sent"]
    told_unsure = [row for row in rows if row["state"] == "unsure"]
    assert len(told_sent) + len(told_unsure) == len(everybody)
    assert len(told_sent) <= len(post.n), "what is said to be sent was taken"


Invoke = Callable[..., Any]


@pytest.fixture
def pati(home: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    from pipelines.cli import show
    from pipelines.cli.app import app

    if not any(group.name == "report" for group in app.registered_groups):
        show.register(app)
    monkeypatch.setenv("PATI_NOW", NOW.isoformat())
    return lambda *words: CliRunner().invoke(app, ["--home", str(home), *words])


def test_the_command_line_sends_shows_and_opens_the_archive(
    home: Path, post: Post, pati: Invoke, tmp_path: Path
) -> None:
    told(home, post, BUPATI)
    assert "Belum ada yang dikirim" in pati("report", "deliveries").output
    found = pati("report", "send", "--week", WEEK.iso, "--by", "ana")
    assert found.exit_code == 0, found.output
    assert "Terkirim ke 1 penerima" in found.output
    assert pati("report", "send", "--due").exit_code == 0
    assert post.n == {BUPATI: 1}
    [row] = json.loads(pati("report", "deliveries", "--json").output)
    assert (row["shown"], row["state"], row["person"]) == ("b…@pati.example", "sent", "ana")
    listed = json.loads(pati("report", "archive", "--json").output)
    out = tmp_path / "salinan"
    assert pati("report", "archive", "--week", WEEK.iso, "--out", str(out)).exit_code == 0
    folder = edition_folder(home, KEY, 1)
    assert {path.name for path in out.iterdir()} == {one["name"] for one in listed}
    for path in out.iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("send", "--week", "2026-W45"), 1, "belum disetujui"),
        (("send", "--week", "besok"), 2, "bukan minggu"),
        (("send", "--due", "--again"), 2, "--due"),
        (("approve", "--week", "2026-W45", "--by", "x"), 1, "diperiksa dahulu"),
        (("review", "--week", "2026-W46", "--by", "x"), 1, "Hanya draf"),
    ],
)
def test_the_command_line_says_what_is_wrong(
    pati: Invoke, words: tuple[str, ...], status: int, said: str
) -> None:
    found = pati("report", *words)
    assert found.exit_code == status
    assert said in found.output + found.stderr
