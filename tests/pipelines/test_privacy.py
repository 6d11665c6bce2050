from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config import load_config
from crawlers.items import ComplaintInfo, Document, StatusEvent
from pipelines.privacy import name_pattern, scrubber

NOW = datetime(2026, 11, 16, tzinfo=UTC)
KEY = b"k" * 32
COMPLAINT = Document(
    kind="complaint",
    source_id="s",
    title="",
    text="Lampu mati. Nama saya Sarpi Contohwati, NIK 3318000000000000.",
    author="Sarpi Contohwati",
    fetched_at=NOW,
    external_id="1",
    complaint=ComplaintInfo(
        "whatsapp",
        None,
        "dibalas",
        "pesan petugas",
        NOW,
        events=(StatusEvent("dibalas", "pesan petugas", NOW, None, "SARPI CONTOHWATI, sudah dijadwalkan."),),
    ),
)


def test_text_and_remarks_lose_the_writers_name_and_numbers() -> None:
    clean = scrubber(load_config(None), KEY)(COMPLAINT)
    assert clean.complaint is not None
    assert clean.complaint.events[0].note == "[NAMA], sudah dijadwalkan."
    assert "Contohwati" not in clean.text
    assert "3318000000000000" not in clean.text
    assert "[NIK]" in clean.text


def test_the_author_becomes_a_keyed_pseudonym() -> None:
    config = load_config(None)
    one, other = scrubber(config, KEY)(COMPLAINT), scrubber(config, b"x" * 32)(COMPLAINT)
    assert one.author is not None
    assert one.author.startswith("u-")
    assert one.author != other.author
    assert scrubber(config, KEY)(COMPLAINT) == one


@pytest.mark.parametrize("how", ["anonim", "rahasia"])
def test_a_hidden_reporter_has_no_author_at_all(how: str) -> None:
    info = replace(COMPLAINT.complaint, confidentiality=how)  # type: ignore[type-var]
    assert scrubber(load_config(None), KEY)(replace(COMPLAINT, complaint=info)).author is None


def test_a_byline_stays() -> None:
    news = Document(
        "news", "s", "Judul", "Isi berita.", NOW, url="https://s.example/1", author="Dyah Contohsari"
    )
    assert scrubber(load_config(None), KEY)(news).author == "Dyah Contohsari"


@pytest.mark.parametrize(
    ("author", "usable"), [(None, False), ("", False), ("Bu Ani", False), ("Sarpi", True)]
)
def test_short_names_are_not_hunted(author: str | None, usable: bool) -> None:
    assert (name_pattern(author) is not None) is usable


def test_an_account_disappears_from_addresses_and_keys() -> None:
    url = "https://medsos.example/ig/wong_contoh99/Gx1"
    post = Document("social", "s", "", "Jalan rusak.", NOW, external_id=url, url=url, author="@wong_contoh99")
    clean = scrubber(load_config(None), KEY)(post)
    assert clean.author is not None
    assert clean.url == clean.external_id == f"https://medsos.example/ig/{clean.author}/Gx1"
    assert scrubber(load_config(None), KEY)(post).doc_id == clean.doc_id


def test_an_author_known_by_number_loses_the_names_too() -> None:
    post = Document(
        "social", "s", "", "Kata Sarpi Contohwati: jalan rusak.", NOW,
        external_id="3318123456", url="https://medsos.example/@wong_contoh99/3318123456",
        author="3318", known_as=("wong_contoh99", "Sarpi Contohwati"),
    )  # fmt: skip
    clean = scrubber(load_config(None), KEY)(post)
    assert clean.url == f"https://medsos.example/@{clean.author}/3318123456"
    assert clean.external_id == "3318123456"  # a number inside a longer one is not the author's
    assert clean.doc_id == post.doc_id
    assert "Contohwati" not in clean.text
    assert clean.known_as == ()
