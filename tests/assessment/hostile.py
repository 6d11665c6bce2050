"""A small lake with evidence of every kind: marked, corrected, confidential, erased, hostile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from config import load_config
from pipelines.dimensions import rows
from tests.lakes import new_lake
from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake
from warehouse.access import viewer_of
from warehouse.store import SourceRow, correct_labels, record_sources, sync_dimensions
from warehouse.store.assessment import Cell, enter_score
from warehouse.store.evidence import mark_evidence

NOW = datetime(2026, 11, 16, tzinfo=UTC)
FORMULA = "=HYPERLINK"
TICKET = "RAMAI-00012"
SECRET = "sangat rahasia"  # noqa: S105 - words of a complaint
CITY = load_config().instrument_by_id("smart_city")
IMPACT = Cell(CITY, 2026, "impact", "living")


def evidence_home(home: Path) -> Path:
    """Twelve complaints about roads, one of them erased, one confidential, and a few articles."""
    with new_lake(home, NOW) as lake:
        sync_dimensions(lake, rows(load_config()))
        words = {
            "k1": "<script>alert(1)</script> jalan rusak", "k2": f'{FORMULA}("https://jahat.example","klik")',
            "k3": "abc\u202egnp.exe [klik](javascript:alert(1))", "k4": "lubang jalan " * 40,
            "k5": f"{SECRET} sekali", "k6": "Bu Sarpi mengeluh jalan rusak", "gone": "",
        }  # fmt: skip
        keys = ["gone", *(f"k{i}" for i in range(1, 12))]
        people = [
            document(
                key, kind="complaint",
                title=words.get(key, f"Aduan {key}"), text=words.get(key, f"Isi {key}"),
                published_at=NOW - timedelta(days=7 * i + 3), flags=["erased"] if key == "gone" else [],
            )
            for i, key in enumerate(keys)
        ]  # fmt: skip
        news = [document(f"d{i}", published_at=NOW - timedelta(days=5 + i)) for i in range(3)]
        load(
            lake, "a", [*people, *news],
            [
                complaint(key, received_at=NOW - timedelta(days=7 * i + 3),
                          confidentiality="rahasia" if key == "k5" else "publik",
                    ticket_id=TICKET if key == "k6" else key)
                for i, key in enumerate(keys)
            ],
        )  # fmt: skip
        enrich(lake, [labels(one["doc_id"], sentiment="negatif") for one in people])
        enrich(lake, [labels(one["doc_id"], sentiment=None) for one in news])
        record_sources(lake, [SourceRow("r1", "s1", NOW, True, 9, 7, 1, 1, None)])  # noqa: FBT003 - a row
        correct_labels(lake, "k1", {"topic": ["pju"]}, "salah", "budi")
    with Lake(home, now=NOW, viewer=viewer_of("ana", "analis")) as lake:
        mark_evidence(lake, IMPACT, ["k2", "d1"], "pinned")
        mark_evidence(lake, IMPACT, ["k2"], "commented", "Bu Sarpi sudah ditanya")
        mark_evidence(lake, IMPACT, ["k3"], "rejected", "Bukan di Pati")
        enter_score(lake, IMPACT, 3.0, "Kata Sarpi", ["d1"])
    return home
