"""Every broken file ends in one sentence that names file, line and key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from config import ConfigError, load_config

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """\
sources:
  - id: koran_contoh
    name: Koran Contoh
    kind: news
    url: https://koran.example
    scope: general
    discover:
      - feed: https://koran.example/feed
    permission: rss_public
    status: active
"""
QUICK_WIN = """\
quick_wins:
  - id: contoh
    name: Contoh
    opd: dkp
    dimension: economy
"""
ALERTS = """\
surge:
  min_n: 10
"""
CALENDAR = """\
years: [2026]
holidays:
  - date: 2026-01-01
    name: Tahun Baru
"""
ROUTING = """\
routing:
  - id: contoh
    any: [contoh]
    opd: [dputr]
"""
TOPICS = """\
dimensions:
  - {id: living, label: Smart Living}
topics:
  - id: jalan_jembatan
    label: Jalan
    dimension: living
    opd: [dputr]
"""
SOCIAL = """\
hosts: [graph.facebook.com, api.x.com, mastodon.social, api.bsky.app]
x:
  endpoint: https://api.x.com/2
  monthly_cap_usd: 5
"""
CRAWL = """\
user_agent: Contoh/1
contact: https://example.org
youtube:
  refresh_after_days: 21
"""


class Case(NamedTuple):
    """A sound file, one edit that breaks it, and what the error must say."""

    what: str
    file: str
    original: str
    find: str
    replace: str
    line: int
    key: str
    words: str


RETENTION = "texts:\n  days: 30\n  kinds: {complaint: null}\n  sources: {patikab: null}\ngrace_minutes: 60\n"
ACCESS = """\
oidc:
  enabled: true
  roles:
    - {email: a@contoh.go.id, role: admin}
    - {group: g, role: 'opd:dputr'}
"""
SCHEDULE = """\
jobs:
  run: {minutes: [5], limit_minutes: 60}
  report: {day: senin, at: "06:00"}
port: 8510
"""
CASES = [
    Case(
        "hourly and daily at once",
        "schedule.yaml",
        SCHEDULE,
        "[5]",
        '[5], at: "01:00"',
        2,
        "minutes",
        "salah satu",
    ),
    Case("no time at all", "schedule.yaml", SCHEDULE, "minutes: [5], ", "", 2, "minutes", "salah satu"),
    Case("no minutes", "schedule.yaml", SCHEDULE, "[5]", "[]", 2, "minutes", "sedikitnya 1"),
    Case("minute 60", "schedule.yaml", SCHEDULE, "[5]", "[60]", 2, "minutes", "paling banyak 59"),
    Case(
        "a day every hour", "schedule.yaml", SCHEDULE, 'at: "06:00"', "minutes: [3]", 3, "day", "bersama 'at'"
    ),
    Case("no such day", "schedule.yaml", SCHEDULE, "senin", "senen", 3, "day", "'senin'"),
    Case("no such job", "schedule.yaml", SCHEDULE, "report:", "raport:", 3, "raport", "maksudnya 'report'"),
    Case("no such port", "schedule.yaml", SCHEDULE, "8510", "99999", 4, "port", "paling banyak 65535"),
    Case(
        "role of an unknown office",
        "access.yaml",
        ACCESS,
        "opd:dputr",
        "opd:dputx",
        5,
        "opd:dputx",
        "'opd:dputr'",
    ),
    Case("no such role", "access.yaml", ACCESS, "role: admin", "role: bupati", 4, "role", "tidak dikenal"),
    Case(
        "neither address nor group", "access.yaml", ACCESS, "group: g, ", "", 5, "roles", "email atau group"
    ),
    Case("words kept no day", "retention.yaml", RETENTION, "30", "0", 2, "days", "paling sedikit 1"),
    Case(
        "retention of an unknown source",
        "retention.yaml",
        RETENTION,
        "patikab",
        "patikap",
        4,
        "patikap",
        "maksudnya 'patikab'",
    ),
    Case("unknown key", "sources.yaml", SOURCE, "scope:", "scop:", 6, "scop", "maksudnya 'scope'"),
    Case("nested unknown key", "sources.yaml", SOURCE, "- feed:", "- fed:", 8, "fed", "'feed'"),
    Case("unknown top key", "alerts.yaml", ALERTS, "surge:", "surges:", 1, "surges", "'surge'"),
    Case("missing key", "sources.yaml", SOURCE, "    kind: news\n", "", 2, "kind", "wajib diisi"),
    Case(
        "scheme not http",
        "sources.yaml",
        SOURCE,
        "url: https:",
        "url: ftp:",
        5,
        "url",
        "http:// atau https://",
    ),
    Case("url without host", "sources.yaml", SOURCE, "koran.example\n", "\n", 5, "url", "kosong"),
    Case(
        "url with password",
        "sources.yaml",
        SOURCE,
        "https://koran.example/feed",
        "https://a:b@koran.example/feed",
        8,
        "feed",
        "sandi",
    ),
    Case(
        "url with impossible port",
        "sources.yaml",
        SOURCE,
        "https://koran.example/feed",
        "https://koran.example:99999/",
        8,
        "feed",
        "bentuknya salah",
    ),
    Case(
        "unknown choice",
        "sources.yaml",
        SOURCE,
        "kind: news",
        "kind: newz",
        4,
        "kind",
        "maksudnya 'news'",
    ),
    Case("bad id", "sources.yaml", SOURCE, "koran_contoh", "Koran Contoh", 2, "id", "pola"),
    Case("empty name", "sources.yaml", SOURCE, "Koran Contoh", "''", 3, "name", "kosong"),
    Case("text expected", "sources.yaml", SOURCE, "Koran Contoh", "112", 3, "name", "tanda kutip"),
    Case(
        "order of dates of a feed",
        "sources.yaml",
        SOURCE,
        "/feed\n",
        "/feed\n        date_order: dmy\n",
        9,
        "date_order",
        "hanya berlaku untuk 'folder'",
    ),
    Case(
        "Open311 server without its list",
        "sources.yaml",
        SOURCE,
        "feed: https://koran.example/feed",
        "open311: https://koran.example/georeport",
        8,
        "open311",
        "requests",
    ),
    Case(
        "two discovery methods",
        "sources.yaml",
        SOURCE,
        "/feed\n",
        "/feed\n        listing: https://koran.example/\n",
        9,
        "listing",
        "tepat satu",
    ),
    Case(
        "folder leaves the inbox",
        "sources.yaml",
        SOURCE,
        "feed: https://koran.example/feed",
        "folder: ../x\n        format: whatsapp",
        8,
        "folder",
        "inbox",
    ),
    Case(
        "any host without a news search",
        "sources.yaml",
        SOURCE,
        "/feed\n",
        "/feed\n        any_host: true\n",
        9,
        "any_host",
        "news_search",
    ),
    Case(
        "news search without a word",
        "sources.yaml",
        SOURCE,
        "feed: https://koran.example/feed",
        "news_search: https://cari.example/rss",
        8,
        "news_search",
        "kata yang dicari",
    ),
    Case(
        "news search of a source that is not sifted",
        "sources.yaml",
        SOURCE.replace("feed: https://koran.example/feed", "news_search: https://cari.example/rss?q=Pati"),
        "general",
        "pati_only",
        6,
        "scope",
        "general",
    ),
    Case(
        "bad link pattern",
        "sources.yaml",
        SOURCE,
        "feed: https://koran.example/feed",
        "listing: https://koran.example/\n        link_pattern: '(a'",
        9,
        "link_pattern",
        "regex",
    ),
    Case(
        "unknown time zone",
        "sources.yaml",
        SOURCE,
        "status: active",
        "status: active\n    timezone: Asia/Jkarta",
        11,
        "timezone",
        "zona waktu",
    ),
    Case(
        "list expected",
        "sources.yaml",
        SOURCE,
        "\n      - feed: https://koran.example/feed",
        " ya",
        7,
        "discover",
        "daftar",
    ),
    Case(
        "duplicate source id",
        "sources.yaml",
        SOURCE + SOURCE.removeprefix("sources:\n"),
        "",
        "",
        11,
        "koran_contoh",
        "dua kali",
    ),
    Case(
        "unknown OPD of a source",
        "sources.yaml",
        SOURCE,
        "status: active",
        "status: active\n    opd: diskominfoo",
        11,
        "diskominfoo",
        "maksudnya 'diskominfo'",
    ),
    Case(
        "active but blocked",
        "sources.yaml",
        SOURCE,
        "rss_public",
        "blocked",
        9,
        "permission",
        "blocked",
    ),
    Case(
        "duplicate mapping key",
        "sources.yaml",
        SOURCE,
        "    scope: general\n",
        "    scope: general\n    name: Lagi\n",
        7,
        "name",
        "dua kali",
    ),
    Case(
        "number of a page without quotes",
        "sources.yaml",
        SOURCE,
        "feed: https://koran.example/feed",
        "facebook: 330000000000018",
        8,
        "facebook",
        "tanda kutip",
    ),
    Case(
        "name instead of a page's number",
        "sources.yaml",
        SOURCE,
        "feed: https://koran.example/feed",
        "instagram: pemkabpati",
        8,
        "instagram",
        "pola",
    ),
    Case(
        "hashtag with a blank",
        "sources.yaml",
        SOURCE,
        "feed: https://koran.example/feed",
        "hashtag: pati melawan",
        8,
        "hashtag",
        "pola",
    ),
    Case(
        "endpoint on a host that is not listed",
        "social.yaml",
        SOCIAL,
        "endpoint: https://api.x.com/2",
        "endpoint: https://api.twitter.com/2",
        1,
        "hosts",
        "belum ada di 'hosts'",
    ),
    Case(
        "misspelt cap", "social.yaml", SOCIAL, "monthly_cap_usd", "monthly_cap", 4, "monthly_cap", "maksudnya"
    ),
    Case(
        "YouTube data refreshed too late",
        "crawl.yaml",
        CRAWL,
        "refresh_after_days: 21",
        "refresh_after_days: 30",
        4,
        "refresh_after_days",
        "lebih kecil",
    ),
    Case("unknown OPD of a topic", "topics.yaml", TOPICS, "[dputr]", "[dputrr]", 7, "dputrr", "OPD"),
    Case(
        "unknown dimension",
        "topics.yaml",
        TOPICS,
        "dimension: living",
        "dimension: livin",
        6,
        "livin",
        "dimensi",
    ),
    Case("unknown OPD of a rule", "routing.yaml", ROUTING, "dputr", "dpu", 4, "dpu", "OPD"),
    Case(
        "unknown topic of a rule",
        "routing.yaml",
        ROUTING,
        "    opd:",
        "    topic: jalanan\n    opd:",
        4,
        "jalanan",
        "topik",
    ),
    Case("rule that never fires", "routing.yaml", ROUTING, "[contoh]", "[]", 3, "any", "kosong"),
    Case(
        "outside body not marked",
        "routing.yaml",
        ROUTING,
        "[dputr]",
        "[pln]",
        2,
        "vertical",
        "'pln'",
    ),
    Case("unknown OPD of a quick win", "quick_wins.yaml", QUICK_WIN, "dkp", "dkpp", 4, "dkpp", "OPD"),
    Case("number expected", "alerts.yaml", ALERTS, "10", "banyak", 2, "min_n", "bilangan bulat"),
    Case("number too small", "alerts.yaml", ALERTS, "10", "0", 2, "min_n", "paling sedikit 1"),
    Case("bad date", "calendar.yaml", CALENDAR, "2026-01-01", "2026-13-01", 3, "date", "tanggal"),
    Case(
        "date outside the years",
        "calendar.yaml",
        CALENDAR,
        "2026-01-01",
        "2027-01-01",
        3,
        "2027-01-01",
        "years",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.what for case in CASES])
def test_sentence_names_file_line_and_key(tmp_path: Path, case: Case) -> None:
    assert case.find in case.original, "the case changes nothing"
    text = case.original.replace(case.find, case.replace, 1)
    (tmp_path / case.file).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    error = caught.value
    assert (error.file, error.line, error.key) == (case.file, case.line, case.key)
    sentence = str(error)
    assert sentence.startswith(f"{case.file} baris {case.line}: ")
    assert case.key in sentence
    assert case.words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("original", [SOURCE, ALERTS, QUICK_WIN])
def test_the_originals_are_sound(tmp_path: Path, original: str) -> None:
    name = original.split(":", maxsplit=1)[0].replace("surge", "alerts") + ".yaml"
    (tmp_path / name).write_text(original, encoding="utf-8")
    load_config(tmp_path)


SYNTAX = [
    ("tab", "sources:\n\t- id: x\n", 2, "tab"),
    ("open list", "sources: [\n  {id: x\n", 3, "belum ditutup"),
    ("colon in a value", "sources:\n  - id: x\n    note: a: b\n", 3, "titik dua"),
    ("open quote", 'sources:\n  - id: "x\n', 3, "kutip"),
    ("two documents", "sources: []\n---\nsources: []\n", 2, "satu dokumen"),
    ("unknown alias", "sources: *tidak_ada\n", 1, "menunjuk nama yang tidak ada"),
    ("alias to itself", "sources: &a [*a]\n", 1, "berputar"),
    ("python tag", "sources: !!python/name:os.system x\n", 1, "tidak didukung"),
    ("bad indent", "sources:\n  - id: x\n   name: y\n", 3, "indentasi"),
    ("empty", "# nothing\n", 1, "kosong"),
    ("not a mapping", "- 1\n", 1, "kunci: nilai"),
    ("key is a list", "? [a]\n: 1\n", 1, "kunci harus berupa teks"),
]


@pytest.mark.parametrize(("text", "line", "words"), [c[1:] for c in SYNTAX], ids=[c[0] for c in SYNTAX])
def test_yaml_mistakes_name_the_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert caught.value.line == line
    assert words in str(caught.value)


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "alerts.yaml").write_bytes(b"surge:\n  severity: \xff\n")
    with pytest.raises(ConfigError, match=r"alerts\.yaml baris 2: .*UTF-8"):
        load_config(tmp_path)


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "alerts.yaml").mkdir()
    with pytest.raises(ConfigError, match=r"alerts\.yaml: berkas tidak bisa dibaca"):
        load_config(tmp_path)


@pytest.mark.parametrize("name", ["sumber.yaml", "source.yaml", "sources.yml"])
def test_unknown_file_name_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SOURCE, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert name in str(caught.value)
    if name != "sumber.yaml":
        assert "mungkin maksudnya 'sources.yaml'" in str(caught.value)


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="tidak ada"):
        load_config(tmp_path / "tiada")


def test_further_problems_are_counted_not_hidden(tmp_path: Path) -> None:
    text = SOURCE.replace("scope: general", "scope: umum").replace("kind: news", "kind: koran")
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert caught.value.line == 4
    assert caught.value.others == 1
    assert "dan 1 masalah lain" in str(caught.value)


def test_same_word_in_two_places_of_the_lexicon(tmp_path: Path) -> None:
    text = (
        "negators: [tidak]\nclause_breakers: [tapi]\npositive:\n  - {weight: 1, words: [bagus]}\n"
        "negative:\n  - weight: 1\n    words:\n      - jelek\n      - Bagus\nmock_praise: []\n"
    )
    (tmp_path / "lexicon.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"lexicon\.yaml baris 9: kata 'bagus' sudah ada"):
        load_config(tmp_path)


def test_opd_removed_from_the_register_is_noticed(tmp_path: Path) -> None:
    text = "opd:\n  - {id: dputr, name: Dinas PU, short: DPUTR}\n"
    (tmp_path / "opd.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="tidak terdaftar") as caught:
        load_config(tmp_path)
    assert caught.value.file == "sources.yaml"
    assert caught.value.others > 100
