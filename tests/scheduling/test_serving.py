"""What other programs see: `/metrics`, `/healthz`, the heartbeat's address, and the receivers of alerts."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner
from werkzeug import Request, Response

from pipelines.cli import ask, running
from pipelines.cli.app import options
from pipelines.faults import CODES, Fault
from pipelines.scheduling import book, heartbeat, numbers
from pipelines.scheduling.book import Book, Tried
from pipelines.scheduling.serving import HOST, served
from pipelines.settings import Settings
from tests.alerting.test_delivery import Hook, hook
from tests.crawlers.serving import serving
from tests.dashboard.seed import NOW as SEEDED
from tests.dashboard.seed import seeded_lake
from tests.scheduling.homes import NOW, home
from warehouse import Lake

__all__ = ["hook"]
HOUR = timedelta(hours=1)
app = typer.Typer()
app.callback()(options)
for module in (ask, running):
    module.register(app)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listening:
        return int(listening.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def pati(settings: Settings, *words: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    assert settings.fixed_now is not None
    monkeypatch.setenv("PATI_NOW", settings.fixed_now.isoformat())
    done = CliRunner().invoke(app, ["--home", str(settings.home), *words])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("full") / "home"
    seeded_lake(folder)
    return home(folder, {"run": {"minutes": [5]}, "backup": {"at": "02:30"}}, now=SEEDED)


def test_numbers_are_those_of_the_lake(full: Settings) -> None:
    found = numbers.gathered(full)
    assert found is not None
    with Lake(full.home, now=SEEDED) as lake:
        kinds = Counter(kind for (kind,) in lake.rows("SELECT kind FROM document"))
        active = lake.rows("SELECT verdict FROM mart_source_health WHERE status = 'active'")
        refused = set(lake.rows("SELECT record_id FROM mart_quarantine"))
    assert found["documents"] == dict(kinds)
    assert found["verdicts"] == dict(Counter(verdict for (verdict,) in active))
    assert found["quarantine"] == len(refused)
    assert found["lake_bytes"] > 10_000
    assert found["backup_at"] is None


def test_a_monitor_reads_them_and_no_label_names_anything_but_our_own_words(full: Settings) -> None:
    found = numbers.gathered(full)
    assert found is not None
    numbers.keep(full.home, found)
    known = book.ended(Book(since=SEEDED), "run", Tried(SEEDED, 12.5, "ok", "baik"), None)
    known = book.ended(known, "backup", Tried(SEEDED, 1, "failed", ""), Fault("disk_full", "Disk penuh."))
    with served(free_port(), lambda: (full, known), print) as port:
        status, text = get(port, "/metrics")
        assert get(port, "/")[0] == 404
    assert status == 200
    families = {one.name: one for one in text_string_to_metric_families(text)}
    values = {
        (sample.name, *sample.labels.values()): sample.value
        for one in families.values()
        for sample in one.samples
    }
    assert values["pati_documents", "news"] == found["documents"]["news"]
    assert values["pati_job_last_success_timestamp_seconds", "run"] == SEEDED.timestamp()
    assert values["pati_job_last_duration_seconds", "run"] == 12.5
    assert (values["pati_job_failed", "run"], values["pati_job_failed", "backup"]) == (0, 1)
    assert (values["pati_fault_open", "disk_full"], values["pati_fault_open", "killed"]) == (1, 0)
    assert values["pati_disk_free_bytes",] > 0
    assert ("pati_backup_timestamp_seconds",) not in values, "what is not known is not zero"
    labels = {
        value for one in families.values() for sample in one.samples for value in sample.labels.values()
    }
    verdicts = {"baik", "sepi", "rusak", "diblokir", "hilang", "belum dicoba"}
    kinds = {"news", "video", "comment", "social", "complaint"}
    assert labels <= {*kinds, *verdicts, *CODES, "run", "backup"}


def test_health_is_503_with_reasons_while_the_system_cannot_work(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", {"run": {"minutes": [5]}}, limits={"free_gb": 0})
    known = book.ended(Book(since=NOW), "run", Tried(NOW, 1, "ok", ""), None)
    warned = book.ended(known, "send", Tried(NOW, 1, "failed", ""), Fault("report_unsent", "Belum sampai."))
    full = book.ended(warned, "run", Tried(NOW, 1, "failed", ""), Fault("disk_full", "Disk penuh."))
    answers = []
    for now in (known, warned, full):
        with served(free_port(), lambda book=now: (settings, book), print) as port:  # type: ignore[misc]
            status, text = get(port, "/healthz")
            answers.append((status, json.loads(text)))
    assert answers[0] == (200, {"status": "baik", "reasons": {}, "warnings": {}})
    assert answers[1] == (
        200,
        {"status": "baik", "reasons": {}, "warnings": {"report_unsent": "Belum sampai."}},
    )
    assert answers[2][0] == 503
    assert answers[2][1]["reasons"] == {"disk_full": "Disk penuh."}


def test_a_port_that_is_taken_is_said_and_stops_nothing(tmp_path: Path) -> None:
    settings, said = home(tmp_path / "home", {}), list[str]()
    with (
        socket.create_server((HOST, 0)) as listening,
        served(listening.getsockname()[1], lambda: (settings, Book()), said.append) as port,
    ):
        assert port == 0
    assert "tidak dapat dipakai" in said[0]
    with served(0, lambda: (settings, Book()), said.append) as port:
        assert port == 0
    assert len(said) == 1


def test_the_dead_mans_switch_is_asked_within_the_rules_for_addresses(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        return Response("ok", status=500 if request.path == "/rusak" else 200)

    with serving(answer) as port:
        rules = f"user_agent: uji\ncontact: x@contoh.example\nallow_hosts: ['127.0.0.1:{port}']\n"

        def ping(path: str | None, crawl: str = rules) -> str | None:
            address = f"http://127.0.0.1:{port}{path}" if path else None
            settings = home(tmp_path / "home", {}, heartbeat={"ping": address})
            assert settings.config_dir is not None
            (settings.config_dir / "crawl.yaml").write_text(crawl, encoding="utf-8")
            return heartbeat.ping(settings)

        assert ping("/hidup") is None
        assert ping("/rusak") == "status 500"
        assert ping(None) is None
        assert ping("/hidup", "user_agent: uji\ncontact: x@contoh.example\n") == "refused"
    assert asked == ["/hidup", "/rusak"]
    assert ping("/hidup") == "unreachable"


def test_silence_is_told_once_each_time(tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_ALERT_TO", hook.url)
    settings = home(tmp_path / "home", {"run": {"minutes": [5]}}, limits={"free_gb": 0})

    def check(*words: str) -> int:
        return pati(settings, "heartbeat", "--check", *words, monkeypatch=monkeypatch)[0]

    def ran(hours_ago: int) -> None:
        tried = Tried(NOW - hours_ago * HOUR, 1, "ok", "")
        book.write(settings.home, book.ended(Book(since=NOW - 99 * HOUR), "run", tried, None))

    assert check("--tell") == 0, "nobody scheduled anything"
    ran(5)
    assert check("--tell") == 0
    ran(7)
    assert (check(), len(hook.got)) == (1, 0)
    assert (check("--tell"), len(hook.got)) == (1, 1)
    assert (check("--tell"), len(hook.got)) == (1, 1), "of one silence people are told once"
    assert "Sistem diam" in hook.got[0]["message"]
    ran(8)
    assert (check("--tell"), len(hook.got)) == (1, 2), "another silence"
    heartbeat.beat(settings)
    assert pati(settings, "heartbeat", "--tell", monkeypatch=monkeypatch)[0] == 2


def test_status_says_what_is_wrong_also_without_a_lake(
    full: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = home(tmp_path / "home", {"run": {"minutes": [5]}}, limits={"free_gb": 0})
    book.write(
        empty.home,
        book.ended(
            Book(since=NOW), "run", Tried(NOW, 1, "failed", ""), Fault("network_away", "Jaringan terputus.")
        ),
    )
    code, said = pati(empty, "status", monkeypatch=monkeypatch)
    assert (code, "GANGGUAN: Jaringan terputus." in said, "Penjadwal tidak bekerja" in said) == (
        1,
        True,
        True,
    )
    known = book.ended(
        Book(since=SEEDED), "run", Tried(SEEDED, 1, "failed", ""), Fault("killed", "Dimatikan.")
    )
    book.write(full.home, book.ended(known, "run", Tried(SEEDED, 1, "ok", "Selesai."), None))
    code, said = pati(full, "status", "--json", monkeypatch=monkeypatch)
    found = json.loads(said)
    assert code == 0
    assert found["status"]["n_documents"] > 0
    assert [one["code"] for one in found["over"]] == ["killed"]
    assert [one["job"] for one in found["jobs"]] == ["run", "backup"]
    assert found["scheduler_alive"] is False


def test_the_list_says_when_each_job_comes(full: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = pati(full, "schedule", "--list", "--json", monkeypatch=monkeypatch)
    rows = {row["job"]: row for row in json.loads(said)}
    assert code == 0
    assert set(rows) == {"run", "backup"}
    assert rows["backup"]["next_at"].endswith("19:30:00+00:00")
    assert rows["backup"]["due"] is True
    assert "sekarang" in pati(full, "schedule", "--list", monkeypatch=monkeypatch)[1]
