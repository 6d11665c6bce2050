"""The lake on a real PostgreSQL and a real S3 server: the same statements, the same promises."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import yaml

from config.retention import Texts
from nlp.privacy import Masker
from pipelines.erasure.erase import BESIDE, erase
from pipelines.erasure.scan import scan
from pipelines.erasure.subjects import subject
from pipelines.progress import Silent
from pipelines.safekeeping import back_up_home
from pipelines.searching import keep_in_step
from pipelines.settings import Settings
from pipelines.upkeep import maintain
from tests.scale.same import differences
from tests.scale.services import Services
from tests.warehouse.conftest import NOW
from tests.warehouse.rows import document, enrich, labels, load
from warehouse import Lake, LakeError, LakeMissingError, lake_exists, queries
from warehouse.errors import LakeElsewhereError
from warehouse.maintain.compact import compact
from warehouse.maintain.elsewhere import expire_elsewhere
from warehouse.migrate import migrate
from warehouse.reading import open_reading
from warehouse.search import open_index

BATCHES, PER_BATCH = 10, 5


@pytest.fixture
def home(tmp_path: Path, services: Services) -> Path:
    return services.make_home(tmp_path / "home", services.database())


@pytest.fixture
def lake(home: Path) -> Iterator[Lake]:
    with Lake(home, now=NOW, create=True) as made:
        migrate(made)
        yield made


def test_there_is_none_until_it_is_made(home: Path) -> None:
    assert not lake_exists(home)
    with pytest.raises(LakeMissingError):
        Lake(home)
    with Lake(home, create=True) as lake:
        migrate(lake)
        assert migrate(lake) == []
    assert lake_exists(home)
    assert not list(home.rglob("*.sqlite")), "nothing of the lake lies in the home folder"
    assert not list(home.rglob("*.parquet"))


def test_rows_go_to_the_store_and_the_catalog(lake: Lake, services: Services, home: Path) -> None:
    load(lake, "b1", [document(f"d{i}") for i in range(500)])
    files = lake.rows("SELECT data_file FROM ducklake_list_files('lake', 'document')")
    assert files
    assert all(path.startswith("s3://pati/") for (path,) in files)
    with Lake(home, now=NOW) as again:
        assert again.value("SELECT count(*) FROM mart_document") == 500


def test_it_equals_an_embedded_lake(lake: Lake, tmp_path: Path) -> None:
    with Lake(tmp_path / "near", now=NOW, create=True) as near:
        migrate(near)
        for one in (lake, near):
            load(one, "b1", [document(f"d{i}", text=f"isi {i} panjang") for i in range(300)])
            enrich(one, [labels(f"d{i}") for i in range(250)])
            load(one, "b2", [document(f"d{i}", text="isi baru") for i in range(0, 300, 7)])
        assert differences(near, lake) == {}
        assert near.value("SELECT count(*) FROM mart_document") == 300
        near.write(lambda con: con.execute("DELETE FROM document WHERE doc_id = 'd7'"))
        assert set(differences(near, lake)) == {"document"}, "a missing row is seen"


def test_earlier_versions_and_copies_for_reading(lake: Lake, home: Path) -> None:
    load(lake, "b1", [document("d1")])
    then = lake.snapshot()
    load(lake, "b2", [document("d2")])
    with Lake(home, snapshot=then) as past:
        assert past.value("SELECT count(*) FROM document") == 1
    copy, snapshot = open_reading(home, NOW)
    assert snapshot == lake.snapshot()
    assert queries.status(copy).n_documents == 2
    copy.close()


def test_a_failed_write_leaves_nothing(lake: Lake) -> None:
    def work(con: object) -> None:
        con.execute("INSERT INTO model VALUES ('m', now())")  # type: ignore[attr-defined]
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        lake.write(work)
    assert lake.value("SELECT count(*) FROM model") == 0


def test_the_search_index_is_made_from_it(lake: Lake, home: Path) -> None:
    load(lake, "b1", [document("d1", text="lampu jalan padam")])
    settings = Settings(home, fixed_now=NOW)
    keep_in_step(lake, settings, Silent())
    assert open_index(home) is not None
    assert (home / "lake" / "index").is_dir()


def _load_all(home: Path, loader: int) -> None:
    with Lake(home, now=NOW) as lake:
        for number in range(BATCHES):
            load(lake, f"{loader}-{number}", [document(f"d{number}-{i}") for i in range(PER_BATCH)])


def test_two_loaders_insert_no_id_twice(lake: Lake, home: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    loaders = [spawn.Process(target=_load_all, args=(home, n)) for n in range(2)]
    for loader in loaders:
        loader.start()
    for loader in loaders:
        loader.join(120)
        assert loader.exitcode == 0
    total, distinct = lake.rows("SELECT count(*), count(DISTINCT doc_id) FROM document")[0]
    assert total == distinct == BATCHES * PER_BATCH


def _hold(home: Path, told: object) -> None:
    with Lake(home, now=NOW) as lake, lake.locked():
        told.set()  # type: ignore[attr-defined]
        time.sleep(60)


def test_the_lock_dies_with_its_process(lake: Lake, home: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    told = spawn.Event()
    holder = spawn.Process(target=_hold, args=(home, told))
    holder.start()
    assert told.wait(30)
    assert holder.pid
    holder.kill()
    holder.join()
    assert holder.exitcode == -signal.SIGKILL
    began = time.monotonic()
    load(lake, "b1", [document("d1")])
    assert time.monotonic() - began < 10


def test_a_lock_that_was_lost_ends_the_write(lake: Lake, services: Services) -> None:
    def work(con: object) -> None:
        con.execute("INSERT INTO model VALUES ('m', now())")  # type: ignore[attr-defined]
        services.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")

    with pytest.raises(LakeError, match="terputus saat menulis"):
        lake.write(work)
    assert lake.value("SELECT count(*) FROM model") == 0


def _fill(home: Path) -> None:
    with Lake(home, now=NOW, create=True) as lake:
        migrate(lake)
        load(lake, "b1", [document(f"d{i}") for i in range(500)])


def test_no_secret_is_said_when_something_is_wrong(
    home: Path, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    secret = home / "keys" / "rahasia.env"
    good = secret.read_text()
    for bad in (
        good.replace(services.password, "sandi-salah-123"),
        good.replace(services.secret, "kunci-salah-456"),
        good.replace("PATI_S3_KEY=", "LAIN="),
    ):
        secret.write_text(bad)
        with pytest.raises((LakeError, duckdb.Error)) as error:
            _fill(home)
        said += traceback.format_exception(error.value)
    words = "\n".join(said) + caplog.text
    for value in (services.password, services.secret, services.key, "sandi-salah-123", "kunci-salah-456"):
        assert value not in words


def test_what_works_on_files_is_refused_in_a_sentence(lake: Lake, home: Path, tmp_path: Path) -> None:
    load(lake, "b1", [document("d1")])
    settings = Settings(home, fixed_now=NOW)
    with pytest.raises(LakeElsewhereError, match="pg_dump"):
        back_up_home(settings, tmp_path / "backup", Silent())


def _everything(services: Services, home: Path) -> str:
    """All texts of all rows of the catalog's database (DuckLake: as bytes), and of all files in the store."""
    place = yaml.safe_load((home / "lake.yaml").read_text("utf-8"))
    schema, database = place["name"], place["catalog"]["database"]
    tables = services.sql("SELECT schemaname, tablename FROM pg_tables", database)
    found = [
        cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
        for where, name in tables
        if where == schema
        for row in services.sql(f'SELECT * FROM "{where}"."{name}"', database)  # noqa: S608 - of the catalog
        for cell in row
    ]
    with Lake(home, now=NOW) as lake:
        for (path,) in lake.rows("SELECT file FROM glob(?)", [f"{place['data']['path']}/**"]):
            found += map(str, lake.rows("SELECT * FROM read_parquet(?)", [path]))
    return "\n".join(found).casefold()


def test_a_person_leaves_every_version(lake: Lake, home: Path, services: Services) -> None:
    settings = Settings(home, fixed_now=NOW)
    name = "Sulastri Wedaningsih"
    who = Masker(settings.config).pseudonym(name, settings.pseudonym_key())
    theirs = {"kind": "complaint", "author": who}
    load(lake, "b1", [document("d0", text=f"menurut {name}, lampu padam", kind="news")])
    load(lake, "b2", [document("d1", text="gapura rengganis miring", **theirs)])
    load(lake, "b3", [document(f"x{i}", text=f"isi yang tetap {i}") for i in range(400)])
    load(
        lake,
        "b4",
        [document("d1", text="gapura rengganis roboh", title="Rengganis", content_hash="h-2", **theirs)],
    )
    enrich(lake, [labels("d1", keywords=["rengganis"]), labels("x1")])
    totals = lake.rows("SELECT kind, count(*) FROM mart_document GROUP BY ALL ORDER BY ALL")
    lake.close()
    before = _everything(services, home)
    assert all(word in before for word in ("rengganis miring", "rengganis roboh", "sulastri", "tetap 399"))
    asked = [subject(name, settings.config, settings.pseudonym_key())]
    assert not scan(settings, Silent(), asked).clean
    dry = erase(settings, asked, Silent(), dry_run=True)
    assert (dry.documents, _everything(services, home)) == (1, before)
    done = erase(settings, asked, Silent())
    assert (done.documents, done.complete) == (1, True)
    assert BESIDE in done.notes
    after = _everything(services, home)
    assert not any(word in after for word in ("rengganis", "sulastri", who))
    assert "tetap 399" in after
    assert "lampu padam" in after, "an article that mentions somebody stays, without the name"
    with Lake(home, now=NOW) as left:
        assert left.rows("SELECT kind, count(*) FROM mart_document GROUP BY ALL ORDER BY ALL") == totals
        assert (
            load(left, "b5", [document("d1", text="gapura rengganis", content_hash="h-3", **theirs)]).n_new
            == 0
        )
    assert "rengganis" not in _everything(services, home)
    assert erase(settings, asked, Silent()).documents == 0
    assert scan(settings, Silent(), asked).clean


def test_maintenance_with_ducklakes_own_calls(lake: Lake, home: Path) -> None:
    for number in range(8):
        load(lake, f"b{number}", [document(f"d{number}-{i}") for i in range(200)])
    before = lake.value(
        "SELECT sum(file_count) FROM ducklake_table_info('lake') WHERE table_name = 'document'"
    )
    assert compact(lake) > 0
    after = lake.value(
        "SELECT sum(file_count) FROM ducklake_table_info('lake') WHERE table_name = 'document'"
    )
    assert after < before
    done = maintain(Settings(home, fixed_now=datetime.now(UTC)), Silent())
    assert any("docs/sizing.md" in note for note in done.notes)
    assert lake.value("SELECT count(*) FROM document") == 1600


@pytest.mark.parametrize("kind_days", [5, 400], ids=["over", "not yet"])
def test_full_words_leave_the_newest_version(lake: Lake, kind_days: int) -> None:
    rules = Texts(days=None, kinds={"news": kind_days}, excerpt=10)
    load(lake, "b1", [document(f"d{i}", text=f"isi yang panjang sekali {i}") for i in range(300)])
    enrich(lake, [labels(f"d{i}") for i in range(299)])
    now = NOW + timedelta(days=10)
    expected = 299 if kind_days == 5 else 0
    assert expire_elsewhere(lake, rules, now, dry_run=True) == expected
    assert expire_elsewhere(lake, rules, now, dry_run=False) == expected
    assert expire_elsewhere(lake, rules, now, dry_run=False) == 0, "once"
    assert lake.value("SELECT count(*) FROM document WHERE length(text) = 10") == expected
    assert lake.value("SELECT length(text) > 10 FROM document WHERE doc_id = 'd299'"), "no labels yet"
    assert lake.value("SELECT count(*) FROM document_fact") == 300


def test_two_lakes_of_one_database_do_not_meet(services: Services, tmp_path: Path) -> None:
    database = services.database()
    homes = [services.make_home(tmp_path / name, database, name) for name in ("pati", "kudus")]
    for home in homes:
        with Lake(home, now=NOW, create=True) as lake:
            migrate(lake)
            load(lake, "b1", [document(f"{home.name}-1")])
    for home in homes:
        with Lake(home, now=NOW) as lake:
            assert lake.rows("SELECT doc_id FROM document") == [(f"{home.name}-1",)]


def test_a_lake_of_another_home_is_refused(services: Services, tmp_path: Path) -> None:
    database = services.database()
    first, second = (services.make_home(tmp_path / name, database, "pati") for name in ("satu", "dua"))
    with Lake(first, now=NOW, create=True) as lake:
        migrate(lake)
    with pytest.raises(LakeError, match="milik folder data lain"):
        Lake(second, now=NOW, create=True)
