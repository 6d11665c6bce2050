"""Masking a large file: several processes give what one gives, in order, and nothing is lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import load_config
from crawlers.items import ComplaintInfo, Document, Rejection
from pipelines import masking
from pipelines.erasure.forgotten import Forgotten

NOW = datetime(2026, 11, 16, tzinfo=UTC)
COUNT = 45


def records() -> list[Document | Rejection]:
    found: list[Document | Rejection] = []
    for number in range(COUNT):
        if number % 10 == 3:
            key = f"aduan.csv:{number}"
            found.append(Rejection("a", key, "bad_row", "Hubungi 081200000001.", NOW))
            continue
        info = ComplaintInfo("whatsapp", str(number), "baru", "", NOW)
        text = f"Jalan rusak nomor {number}, hubungi 081200000001 atas nama Bapak Sukarmin."
        found.append(
            Document("complaint", "a", "", text, NOW, str(number), author="Sukarmin", complaint=info)
        )
    return found


@pytest.mark.parametrize("dry", [False, True])
def test_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dry: bool) -> None:
    forgotten = Forgotten(tmp_path / "erased.txt", b"k" * 32)
    config = load_config()
    monkeypatch.setattr(masking, "PART", 7)
    alone = list(masking.masked(records(), config, b"k" * 32, forgotten, dry=dry))
    monkeypatch.setattr(masking, "WORTH_A_POOL", 10)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    together = list(masking.masked(records(), config, b"k" * 32, forgotten, dry=dry))
    assert together == alone
    rejected = [one for part in together for one in part.rejected]
    assert sum(part.n_documents for part in together) + len(rejected) == COUNT
    assert all("0812" not in one.detail for one in rejected)
    digests = [doc_id for part in together for doc_id, _ in part.digests]
    assert len(set(digests)) == (COUNT - len(rejected) if dry else 0)
    assert all(bool(part.packed) is not dry for part in together)
    assert "Sukarmin" not in repr([part.sample for part in together])
