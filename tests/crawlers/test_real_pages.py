"""Real Indonesian pages; the floor on the article benchmark stands in `tests/gold`."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.extract import extract_article

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MEDIA_TITLE = (
    "Dari Petani hingga Pendidik Bangsa, Begini Pesan Kuat di Wisuda IGI School of Economics Jakarta 2025"
)


@pytest.mark.parametrize(
    ("file", "title", "instant", "author"),
    [
        (
            "money.kompas.com-Menhub",
            "Menhub Bocorkan Penyebab Harga Tiket Pesawat Masih Mahal",
            "2023-11-02T21:34:19+07:00",
            "Isna Rifka Sri Rahayu",
        ),
        (
            "health.detik.com-Stroke",
            "Curhat Wanita Kena Stroke di Umur 26, Ketahuan saat Terkapar di Kamar Mandi",
            "2023-11-02T20:59:53+07:00",
            "Vidya Pinandhita",
        ),
        (
            "mediaindonesia.com-2026-01-20",
            MEDIA_TITLE,
            "2026-01-20T18:33:13+07:00",
            "Naufal Zuhdi",
        ),
        (
            "tribunnews.com-2020-05-04",
            "Jawaban Soal Apa Dampak Negatif Jika Menunda Pekerjaan, Belajar dari Rumah SMA di TVRI",
            "2020-05-04T04:25:13+07:00",
            "Muhammad Renald Shiftanto",
        ),
    ],
)
def test_real_indonesian_pages(shared: Path, file: str, title: str, instant: str, author: str) -> None:
    html = (shared / f"real/news_html_id/{file}.html").read_bytes()
    got = extract_article(html, "https://kabar.example/berita/1", now=NOW)
    assert (got.title, got.author, got.page_type) == (title, author, "article")
    assert got.published_at == datetime.fromisoformat(instant)
    leaks = [
        line
        for line in got.text.split("\n")
        if re.match(r"baca juga|simak video|\[gambas|scroll to", line.lower())
    ]
    assert leaks == []
