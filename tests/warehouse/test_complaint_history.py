"""The history of a complaint is added to and never rewritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest

from tests.lakes import new_lake
from tests.warehouse.conftest import NOW
from tests.warehouse.rows import FETCHED, complaint, document, enrich, event, labels
from warehouse import Lake, queries
from warehouse.migrate import migrate
from warehouse.store import add_complaint_event
from warehouse.store.documents import Batch, store_batch

RECEIVED = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def at(day: int, hour: int = 3, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


class Export:
    """One export after another of the complaint ``c1``."""

    def __init__(self, lake: Lake) -> None:
        self.lake, self.number = lake, 0

    def version(self, index: int, status: str, events: list[dict[str, Any]], fetched: datetime) -> Any:
        doc = document(
            "c1",
            kind="complaint",
            published_at=RECEIVED,
            fetched_at=fetched,
            content_hash=f"{status}-{[(e['status'], e['happened_at'], e['note']) for e in events]}",
        )
        row = complaint("c1", status=status, status_raw=status.title(), received_at=RECEIVED, version=index)
        return doc, row, [{**e, "position": i, "version": index} for i, e in enumerate(events)]

    def __call__(self, *shown: tuple[str, list[dict[str, Any]], datetime]) -> None:
        """Load versions (status, events, when fetched) in one transaction."""
        self.number += 1
        found = [self.version(i, *one) for i, one in enumerate(shown)]
        store_batch(
            self.lake,
            Batch(
                {f"b{self.number}": len(found)}, "r1", [d for d, _, _ in found], [c for _, c, _ in found],
                [e for *_, events in found for e in events], [],
            ),
            FETCHED,
        )  # fmt: skip

    def events(self) -> list[tuple[Any, ...]]:
        return self.lake.rows(
            "SELECT status, happened_at, seen_at, derived FROM complaint_event "
            "ORDER BY coalesce(happened_at, seen_at), position"
        )


@pytest.fixture
def export(lake: Lake) -> Export:
    return Export(lake)


def step(status: str, moment: datetime | None, **more: Any) -> dict[str, Any]:
    return event("c1", status, moment, **more)


def test_an_export_that_knows_less_takes_nothing_away(export: Export) -> None:
    full = [step("didisposisi", at(3)), step("dibalas", at(4), note="Kami cek.")]
    export(("dibalas", full, at(5)))
    export(("selesai_admin", [], at(9)))
    assert export.events() == [
        ("didisposisi", at(3), at(5), False),
        ("dibalas", at(4), at(5), False),
        ("selesai_admin", None, at(9), True),
    ]


def test_an_event_is_stored_once_however_often_it_is_exported(export: Export) -> None:
    first = [step("didisposisi", at(3)), step("dibalas", at(4), note="Kami cek.")]
    export(("dibalas", first, at(5)))
    export(("diproses", [*first, step("diproses", at(6))], at(7)))
    export(("diproses", [*first, step("diproses", at(6))], at(8)))
    assert [row[:2] for row in export.events()] == [
        ("didisposisi", at(3)), ("dibalas", at(4)), ("diproses", at(6)),
    ]  # fmt: skip


OTHER = [
    pytest.param({"note": "Lain."}, id="another note"),
    pytest.param({"actor": "Dinas Lain"}, id="another actor"),
    pytest.param({"status_raw": "Tanggapan"}, id="another word"),
    pytest.param({"happened_at": at(4, 3, 1)}, id="another minute"),
    pytest.param({"happened_at": None}, id="without a moment"),
]


@pytest.mark.parametrize("change", OTHER)
def test_what_makes_another_event(export: Export, change: dict[str, Any]) -> None:
    one = step("dibalas", at(4), note="Kami cek.")
    export(("dibalas", [one], at(5)))
    export(("dibalas", [{**one, **change}], at(6)))
    assert len(export.events()) == 2


def test_a_status_that_comes_back_is_a_third_change(export: Export) -> None:
    for day, status in ((5, "diproses"), (6, "selesai_admin"), (7, "diproses"), (8, "diproses")):
        export((status, [], at(day)))
    assert export.events() == [
        ("diproses", None, at(5), True),
        ("selesai_admin", None, at(6), True),
        ("diproses", None, at(7), True),
    ]


def test_an_old_export_loaded_late_adds_its_events_and_no_status(export: Export) -> None:
    export(("selesai_admin", [step("selesai_admin", at(9))], at(10)))
    export(("diproses", [step("diproses", at(4))], at(5)))
    assert export.events() == [
        ("diproses", at(4), at(5), False), ("selesai_admin", at(9), at(10), False),
    ]  # fmt: skip
    assert export.lake.rows("SELECT status FROM complaint") == [("selesai_admin",)]


VERSIONS = [
    ("diproses", [], at(5)),
    ("dibalas", [], at(6)),
    ("dibalas", [step("dibalas", at(6, 2), note="Siap.")], at(7)),
    ("selesai_admin", [], at(8)),
]


@pytest.mark.parametrize("cuts", [[4], [1, 3], [2, 2], [3, 1], [1, 1, 1, 1]])
def test_how_exports_are_grouped_into_transactions_does_not_matter(export: Export, cuts: list[int]) -> None:
    left = list(VERSIONS)
    for cut in cuts:
        export(*left[:cut])
        left = left[cut:]
    assert export.events() == [
        ("diproses", None, at(5), True),
        ("dibalas", at(6, 2), at(7), False),
        ("dibalas", None, at(6), True),
        ("selesai_admin", None, at(8), True),
    ]


def row_of(lake: Lake) -> dict[str, Any]:
    frame = lake.frame("SELECT * EXCLUDE (received_day) FROM mart_complaint_step")
    return {k: None if v is None or v != v else v for k, v in frame.to_dict("records")[0].items()}  # noqa: PLR0124 - NaT


def test_answered_and_done_are_two_moments(export: Export) -> None:
    export(("selesai_admin", [step("dibalas", at(4)), step("selesai_admin", at(9))], at(10)))
    row = row_of(export.lake)
    assert (row["first_reply_at"], row["ended_at"], row["closed_without_work"]) == (at(4), at(9), False)


def test_a_reply_does_not_close_and_done_in_the_minute_of_work_is_suspect(export: Export) -> None:
    export(("dibalas", [step("dibalas", at(4))], at(5)))
    assert (row_of(export.lake)["phase"], row_of(export.lake)["ended_at"]) == ("open", None)
    quick = [step("diproses", at(8, 7, 48)), step("selesai_admin", at(8, 7, 48) + timedelta(seconds=40))]
    export(("selesai_admin", quick, at(10)))
    assert row_of(export.lake)["closed_without_work"]


AUTOMATIC = [
    pytest.param({"note": "Balasan otomatis: kami di luar jam kerja."}, id="phrase"),
    pytest.param({"actor": " Sistem "}, id="actor"),
]


@pytest.mark.parametrize("mark", AUTOMATIC)
def test_an_automatic_acknowledgement_is_no_reply(export: Export, mark: dict[str, Any]) -> None:
    export(("dibalas", [step("dibalas", at(3), **mark)], at(4)))
    row = row_of(export.lake)
    assert (row["answered"], row["first_reply_at"], row["verified_at"]) == (False, None, None)
    real = step("dibalas", at(6), actor="Bagian Sistem Informasi", note="Sudah kami perbaiki.")
    export(("dibalas", [step("dibalas", at(3), **mark), real], at(7)))
    assert row_of(export.lake)["first_reply_at"] == at(6)


def test_progress_answers_only_in_words(export: Export) -> None:
    export(("diproses", [step("diproses", at(4)), step("diproses", at(6), note="Mulai Senin.")], at(7)))
    assert row_of(export.lake)["first_reply_at"] == at(6)


def test_a_case_opened_again_is_done_when_it_was_done_last(export: Export) -> None:
    life = [
        step("dibalas", at(3)), step("selesai_admin", at(4)), step("ditanggapi_pelapor", at(5)),
        step("diproses", at(6)), step("selesai_admin", at(9)), step("dibalas", at(10)),
    ]  # fmt: skip
    export(("selesai_admin", life, at(11)))
    row = row_of(export.lake)
    assert (row["first_reply_at"], row["ended_at"], row["disputed"]) == (at(3), at(9), True)
    assert export.lake.rows("SELECT from_day, to_day FROM complaint_spell ORDER BY 1") == [
        (at(2).date(), at(3).date()), (at(5).date(), at(5).date()), (at(6).date(), at(8).date()),
    ]  # fmt: skip


def test_a_complaint_that_was_taken_down_leaves_no_history(lake: Lake) -> None:
    doc = document("c1", kind="complaint", published_at=RECEIVED, fetched_at=at(5))
    gone = {"doc_id": "c1", "source_id": "s1", "reason": "deleted", "removed_at": at(6)}
    parts = [doc], [complaint("c1", received_at=RECEIVED)], [step("dibalas", at(4))], []
    store_batch(lake, Batch({"b1": 1}, "r1", *parts), FETCHED)
    store_batch(lake, Batch({"b2": 1}, "r1", [], [], [], [], tombstones=[gone]), FETCHED)
    store_batch(lake, Batch({"b3": 1}, "r1", *parts), FETCHED)
    assert lake.value("SELECT count(*) FROM complaint_event") == 0


# The dashboard


def say(lake: Lake, status: str, moment: datetime, note: str = "Sudah ditangani.") -> bool:
    return add_complaint_event(lake, "c1", status, note, "Dinas Contoh", moment, "petugas-1")


def test_the_dashboard_adds_an_event_once(export: Export) -> None:
    export(("diproses", [], at(5)))
    assert say(export.lake, "dibalas", at(6))
    assert not say(export.lake, "dibalas", at(6))
    written = export.lake.rows(
        "SELECT status, happened_at, seen_at, note, actor, recorded_by, derived FROM complaint_event "
        "WHERE origin = 'dashboard'"
    )
    assert written == [("dibalas", at(6), NOW, "Sudah ditangani.", "Dinas Contoh", "petugas-1", False)]
    assert row_of(export.lake)["status"] == "dibalas"


@pytest.mark.parametrize("moment", [at(4), at(8)], ids=["before the export was seen", "after"])
def test_what_the_dashboard_says_outlives_an_export_that_still_says_the_same(
    export: Export, moment: datetime
) -> None:
    export(("diproses", [], at(5)))
    say(export.lake, "selesai_admin", moment)
    export(("diproses", [step("didisposisi", at(3))], at(9)))
    assert (row_of(export.lake)["status"], row_of(export.lake)["ended_at"]) == ("selesai_admin", moment)
    assert export.lake.rows("SELECT status FROM complaint") == [("diproses",)]


def test_the_channel_has_the_last_word_when_it_is_the_later_one(export: Export) -> None:
    export(("diproses", [step("diproses", at(3))], at(5)))
    say(export.lake, "selesai_admin", at(6))
    export(("diproses", [step("diproses", at(3)), step("diproses", at(8), note="Dibuka lagi.")], at(9)))
    assert row_of(export.lake)["status"] == "diproses"


IMPOSSIBLE = [
    pytest.param("c9", "dibalas", at(6), "tidak ada", id="no such complaint"),
    pytest.param("c1", "beres", at(6), "Status 'beres' tidak dikenal", id="no such status"),
    pytest.param("c1", "dibalas", NOW + timedelta(minutes=1), "masih di depan", id="not yet"),
    pytest.param("c1", "dibalas", RECEIVED - timedelta(minutes=1), "lebih awal", id="before it came in"),
]


@pytest.mark.parametrize(("doc_id", "status", "moment", "words"), IMPOSSIBLE)
def test_what_cannot_be_true_is_refused(
    export: Export, doc_id: str, status: str, moment: datetime, words: str
) -> None:
    export(("baru", [], at(5)))
    with pytest.raises(ValueError, match=words):
        add_complaint_event(export.lake, doc_id, status, None, None, moment, "petugas-1")
    with pytest.raises(ValueError, match="masuklah"):
        add_complaint_event(export.lake, "c1", "dibalas", None, None, at(6), " ")
    assert len(export.events()) == 1


def test_the_life_of_a_complaint_can_be_read(export: Export) -> None:
    export(("dibalas", [step("dibalas", at(4), note="Kami cek.")], at(5)))
    say(export.lake, "selesai_admin", at(6))
    enrich(export.lake, [labels("c1")])
    frame = queries.complaint_history(export.lake, "c1")
    assert frame["label"].tolist() == ["Diterima", "Dibalas", "Selesai (oleh admin)"]
    assert frame["note"].fillna("").tolist() == ["", "Kami cek.", "Sudah ditangani."]


def test_the_notes_of_a_confidential_complaint_are_not_read(lake: Lake) -> None:
    doc = document("c1", kind="complaint", published_at=RECEIVED)
    row = complaint("c1", confidentiality="rahasia", received_at=RECEIVED)
    store_batch(
        lake, Batch({"b": 1}, "r1", [doc], [row], [step("dibalas", at(4), note="rahasia")], []), FETCHED
    )
    assert queries.complaint_history(lake, "c1")["note"].isna().all()


def test_a_lake_from_before_keeps_its_events_and_gains_a_history(tmp_path: Path) -> None:
    with new_lake(tmp_path, NOW) as lake:
        lake.write(_undo_0005)
        migrate(lake)
        found = lake.rows(
            "SELECT doc_id, status, note_hash, seen_at, derived, origin FROM complaint_event ORDER BY ALL"
        )
    assert found == [
        ("c1", "dibalas", md5(b"Kami cek.", usedforsecurity=False).hexdigest(), at(5), False, "import"),
        ("c1", "selesai_admin", None, at(5), True, "import"),
        ("c2", "dibalas", None, at(5), False, "import"),
    ]


def _undo_0005(con: Any) -> None:
    """A lake as the version before 0005 left it."""
    for column in ("note_hash", "seen_at", "derived", "origin", "recorded_by"):
        con.execute(f"ALTER TABLE complaint_event DROP COLUMN {column}")
    later = (
        "document_fact",
        "complaint_fact",
        "complaint_spell",
        "story_fact",
        "fact_set",
        "label_correction",
    )
    for table in (*later, "dim_day", "dim_status", "dim_sla", "dim_automatic", "dim_admin"):
        con.execute(f"DROP TABLE {table}")
    con.execute("DELETE FROM schema_migration WHERE number BETWEEN 5 AND 7 OR number IN (12, 23)")
    con.execute("UPDATE mart_set SET sha256 = 'old'")
    for key, status in (("c1", "selesai_admin"), ("c2", "dibalas")):
        con.execute(
            "INSERT INTO document (doc_id, kind, source_id, title, text, fetched_at, advertorial, "
            "content_hash, run_id) "
            "VALUES (?, 'complaint', 's', '', '', ?, false, 'h', 'r')",
            [key, at(5)],
        )
        con.execute(
            "INSERT INTO complaint (doc_id, channel, status, status_raw, confidentiality) "
            "VALUES (?, 'whatsapp', ?, ?, 'publik')",
            [key, status, status],
        )
        con.execute(
            "INSERT INTO complaint_event (doc_id, position, status, status_raw, happened_at, note) "
            "VALUES (?, 0, 'dibalas', 'dibalas', ?, ?)",
            [key, at(4), "Kami cek." if key == "c1" else None],
        )
