"""Log lines: one JSON object each, without personal data and without secrets."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from config import load_config
from pipelines.logs import HIDDEN, JsonLines, redactor, working
from pipelines.privacy import key_masker
from pipelines.settings import Settings

SECRETS = ("rahasia-token-1", "tgram://123456:AAEF/789 mailtos://a:kata-sandi@mail.example", "pendk")
HIDING = [
    ("GET https://api.example/x?access_token=abc123&q=rob", ["abc123"], ["q=rob", "access_token="]),
    ("https://api.example/v3/search?part=id&key=AIzaXYZ", ["AIzaXYZ"], ["part=id", "key="]),
    ("Authorization: Bearer abc.def-ghi_jkl", ["abc.def"], ["Authorization"]),
    ("{'Authorization': 'Basic dXNlcjpwYXNz', 'Accept': 'x'}", ["dXNlcjpwYXNz"], ["'Accept': 'x'"]),
    ('{"api_key": "k-123456", "n": 3}', ["k-123456"], ['"n": 3']),
    ("Bearer abcdefghij1234 ditolak", ["abcdefghij1234"], ["ditolak"]),
    ("smtps://pengirim:s4ndi@surat.example:465 gagal", ["s4ndi", "pengirim"], ["surat.example:465 gagal"]),
    ("PATI_SMTP_PASSWORD=hunter22 dipakai", ["hunter22"], ["dipakai"]),
    ("nilainya rahasia-token-1, lalu", ["rahasia-token-1"], ["lalu"]),
    ("kirim lewat tgram://123456:AAEF/789 gagal", ["AAEF"], ["gagal"]),
    ("Set-Cookie: sid=1234567890", ["1234567890"], []),
]
KEEPING = [
    "kode: 404 untuk https://koran.example/berita/2026?halaman=2",
    "stage load: 12 dokumen, 3 ditolak",
    "https://koran.example:8080/a@b/c",
    "pendk terlalu pendek untuk dicari",
    "kunci samaran ada di keys/pseudonym.key",
    "monkey=3 turkey=4",
]


@pytest.mark.parametrize(("text", "gone", "stays"), HIDING)
def test_secrets_are_taken_out(text: str, gone: list[str], stays: list[str]) -> None:
    clean = redactor(SECRETS)(text)
    assert HIDDEN in clean
    assert [word for word in gone if word in clean] == []
    assert [word for word in stays if word not in clean] == []


@pytest.mark.parametrize("text", KEEPING)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redactor(SECRETS)(text) == text


def test_a_line_is_json_with_its_run_and_stage_and_nobody_in_it() -> None:
    formatter = JsonLines(key_masker(load_config()), redactor(SECRETS))
    error = ValueError("token=abcdef untuk 3318000000000000")
    record = logging.LogRecord(
        "x", 30, "f", 1, "NIK %s gagal", ("3318000000000000",), (ValueError, error, None)
    )
    with working("r-1", "collect"):
        line = json.loads(formatter.format(record))
    assert (line["run_id"], line["stage"], line["level"]) == ("r-1", "collect", "warning")
    assert "3318000000000000" not in json.dumps(line)
    assert "abcdef" not in line["error"]
    assert {"run_id", "stage"}.isdisjoint(json.loads(formatter.format(record)))


def test_the_secrets_of_an_installation_are_those_of_its_file_and_of_its_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "keys" / "rahasia.env"
    keys.parent.mkdir(mode=0o700)
    keys.touch(mode=0o600)
    keys.write_text("APA_SAJA=dari-berkas\n", "utf-8")
    monkeypatch.setenv("PATI_ALERT_TO", "json://contoh/kunci")
    monkeypatch.setenv("BUKAN_RAHASIA", "biasa-saja")
    found = Settings(tmp_path).secrets()
    assert {"dari-berkas", "json://contoh/kunci"} <= set(found)
    assert "biasa-saja" not in found
