"""A person leaves a whole home folder: through the real command, over real files, killed or not."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from crawlers.items import Counts, Document
from crawlers.landing import Landing
from pipelines.erasure.contents import cells
from pipelines.run import run_stages
from pipelines.settings import Settings
from samples.crowd import Reporter, crowd, write_crowd
from samples.world import World
from tests.pipelines.conftest import PATI, Home
from tests.pipelines.content import content
from warehouse import Lake

pytestmark = pytest.mark.proof

NOW = datetime(2026, 11, 16, tzinfo=UTC)
N = 60
ORDER = ("--date-order", "DMY")
"""A few days of a month can be read both ways."""


@pytest.fixture(scope="module")
def people() -> list[Reporter]:
    return [who for who, _ in crowd(World(weeks=2), N)]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a table and a chat of complaints, all stages run; and the two files beside it."""
    folder = tmp_path_factory.mktemp("crowd")
    write_crowd(list(crowd(World(weeks=2), N)), folder / "aduan.csv", folder / "chat.txt")
    (folder / "key").write_text("33" * 32)
    home = Home(
        folder / "home", {**os.environ, "PATI_NOW": NOW.isoformat(), "PATI_KEY_FILE": str(folder / "key")}
    )
    for name in ("aduan.csv", "chat.txt"):
        home.pati("import", "complaints", str(folder / name), *ORDER)
    home.pati("run", "--only", "link", "--only", "watch", "--only", "publish")
    return home


@pytest.fixture
def home(imported: Home, tmp_path: Path) -> Home:
    """A copy of it, to be changed."""
    copytree(imported.path, tmp_path / "home")
    return Home(tmp_path / "home", imported.environment)


def texts(home: Path) -> Iterator[str]:
    for path in home.rglob("*"):
        if path.is_file() and path.suffix != ".lock":
            yield path.read_bytes().decode("latin-1")
            yield from (cell.text for cell in cells(path))


def _shown(value: object) -> object:
    return f"{value:.9g}" if isinstance(value, float) else value  # sums come in any order


def totals(home: Path) -> dict[str, list[str]]:
    """Every mart without its columns of words."""
    # when something was loaded last is no total
    words = {
        "last_load_at",
        "title",
        "text",
        "author",
        "url",
        "section",
        "ticket_id",
        "flags",
        "keywords",
        "why",
        "excerpt",
    }
    found = {}
    with Lake(home, now=NOW) as lake:
        columns = lake.rows(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE table_name LIKE 'mart_%' ORDER BY ALL"
        )
        # an erased text is not asked about any more: what waits for a person's label is no total
        for mart in {table for table, _ in columns} - {"mart_set", "mart_review_queue", "mart_review"}:
            names = ", ".join(f'"{name}"' for table, name in columns if table == mart and name not in words)
            rows = lake.rows(f"SELECT {names} FROM {mart}")  # noqa: S608 - names of ours
            found[mart] = sorted(repr([_shown(value) for value in row]) for row in rows)
    return found


def erase(home: Home, *values: str, check: bool = True) -> dict[str, object]:
    asked = [word for value in values for word in ("--subject", value)]
    answer: dict[str, object] = json.loads(
        home.pati("privacy", "erase", *asked, "--json", check=check).stdout
    )
    return answer


def test_a_person_is_gone_totals_stay_and_the_same_file_adds_nothing(
    home: Home, people: list[Reporter], imported: Home
) -> None:
    by_name, by_phone = people[3], people[N - 1]
    before, counted = content(home.path), totals(home.path)
    dry = json.loads(home.pati("privacy", "erase", "--subject", by_name.name, "--dry-run", "--json").stdout)
    assert (dry["documents_erased"], dry["dry_run"]) == (1, True)
    assert content(home.path) == before
    done = erase(home, by_name.name, by_phone.phone)
    assert (done["complete"], done["documents_erased"]) == (True, 2)
    everything = "\n".join(texts(home.path)).casefold()
    for token in (*by_name.tokens, *by_phone.tokens, "ramai-00003"):
        assert token.casefold() not in everything
    assert "ramai-00004" in everything
    assert totals(home.path) == counted
    certificate = Path(str(done["certificate"]))
    for path in (certificate, certificate.with_suffix(".json")):
        said = path.read_text(encoding="utf-8").casefold()
        assert not any(token.casefold() in said for token in (*by_name.tokens, *by_phone.tokens))
    # again, and what comes in again
    after = content(home.path)
    assert erase(home, by_name.name, by_phone.phone)["documents_erased"] == 0
    results = [
        json.loads(
            home.pati("import", "complaints", str(imported.path.parent / name), *ORDER, "--json").stdout
        )
        for name in ("aduan.csv", "chat.txt")
    ]
    assert content(home.path) == after
    collected = [found["results"][0] for found in results]
    assert sum(one["n_rejected"] for one in collected) == 2
    assert [found["results"][1]["n_new"] for found in results] == [0, 0]
    with Lake(home.path) as lake:
        reasons = lake.rows("SELECT reason, count(*) FROM rejected GROUP BY 1")
    assert reasons == [("erased", 2)]
    assert home.pati("privacy", "scan", "--subject", by_name.name, check=False).returncode == 0


def test_killed_at_any_moment_the_same_command_goes_on(
    home: Home, people: list[Reporter], tmp_path: Path
) -> None:
    values = [word for one in people[:12] for word in ("--subject", one.name)]
    calm = Home(tmp_path / "calm", home.environment)
    copytree(home.path, calm.path)
    calm.pati("privacy", "erase", *values)
    chance = random.Random(20261128)  # noqa: S311 - moments, not secrets
    journal, midway = home.path / "state" / "erasing.json", 0
    for wait in (0.0, 0.3, 1.0, 2.0):
        process = subprocess.Popen(
            [PATI, "--home", home.path, "privacy", "erase", *values], env=home.environment,
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while process.poll() is None and not journal.exists():
            time.sleep(0.01)
        time.sleep(wait * chance.random())
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        midway += journal.exists()
    assert midway >= 1, "at least one must die with work left for this test to mean anything"
    done = json.loads(home.pati("privacy", "erase", *values, "--json").stdout)
    assert done["complete"] is True
    assert content(home.path) == content(calm.path)
    assert totals(home.path) == totals(calm.path)
    assert not (home.path / "state" / "erasing.json").exists()


def article(number: int, title: str, text: str) -> Document:
    url = f"https://kabar.example/2026/11/{number}"
    at = datetime(2026, 11, 11, 3, tzinfo=UTC)
    return Document(
        "news", f"kabar{number}", title, text, NOW, url=url, published_at=at, published_from="feed"
    )


@pytest.fixture
def printed(tmp_path: Path) -> Settings:
    """A home whose report names a person that no mask caught."""
    settings = Settings(tmp_path / "home", None, NOW)
    body = (
        "Warga Desa Tayu Kulon, Kecamatan Tayu, Kabupaten Pati, mengeluhkan jalan rusak di depan pasar. " * 4
    )
    records = [article(n, f"Sarpi Contohwati keluhkan jalan rusak di Tayu, Pati, {n}", body) for n in (1, 2)]
    records += [
        article(n, f"Jembatan Juwana Pati diperbaiki {n}", body.replace("Tayu", "Juwana")) for n in (3, 4)
    ]
    settings.pseudonym_key()
    Landing(settings.landing, "r1").write(
        "kabar", [*records, Counts("kabar", records[0].doc_id, {"views": 3}, NOW)]
    )
    run_stages(settings, ("load", "enrich", "link", "watch", "publish"))
    return settings


def test_news_that_name_somebody_are_redacted_and_the_report_is_printed_again(printed: Settings) -> None:
    home = Home(printed.home, {**os.environ, "PATI_NOW": NOW.isoformat()})
    pdf = next(printed.reports.glob("*.pdf"))
    assert any("Sarpi Contohwati" in cell.text for cell in cells(pdf)), "the report must name the person"
    logs, export = printed.logs / "run.log", printed.home / "exports" / "isu.csv"
    for path in (logs, export):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"message": "Sarpi Contohwati"}\n', encoding="utf-8")
    counted = totals(printed.home)
    done = erase(home, "sarpi contohwati")
    assert done["complete"] is True
    assert done["reports_reprinted"] == ["2026-W46"]
    assert pdf.exists()
    assert any("[NAMA] keluhkan" in cell.text for cell in cells(pdf))
    assert "contohwati" not in "\n".join(texts(printed.home)).casefold()
    assert logs.read_text(encoding="utf-8") == '{"message": "[NAMA]"}\n'
    assert not export.exists()
    assert totals(printed.home) == counted
    with Lake(printed.home) as lake:
        titles = [title for (title,) in lake.rows("SELECT title FROM document ORDER BY 1")]
        assert titles[-1].startswith("[NAMA] keluhkan jalan rusak di Tayu")
        assert len(titles) == 4


def test_an_inbox_file_goes_only_after_it_was_read(
    make_home: Callable[[Path], Home], finished: Home, tmp_path: Path
) -> None:
    copytree(finished.path, tmp_path / "home")
    home = Home(tmp_path / "home", finished.environment)
    table = home.path / "inbox" / "csv" / "aduan_loket.csv"
    ticket = table.read_text(encoding="utf-8-sig").splitlines()[1].split(";")[0]
    late = time.time() + 60
    os.utime(table, (late, late))
    done = erase(home, ticket, check=False)
    assert done["complete"] is False
    assert "belum pernah dikumpulkan" in str(done["notes"])
    assert table.exists()
    os.utime(table, (0, 0))
    again = erase(home, ticket)
    assert again["complete"] is True
    assert not table.exists()
    assert "aduan_loket.csv memuat subjek ini dan dihapus seluruhnya" in str(again["notes"])


def test_wrong_requests_are_refused_in_one_sentence(home: Home) -> None:
    nobody = home.pati("privacy", "erase", check=False)
    assert (nobody.returncode, "--subject" in nobody.stderr) == (2, True)
    short = home.pati("privacy", "erase", "--subject", "x", check=False)
    assert (short.returncode, len(short.stderr.strip().splitlines())) == (2, 1)
