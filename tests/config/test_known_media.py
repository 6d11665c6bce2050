"""Every office and outlet that the survey of Pati's media names is in the list, waiting for a look.

The hosts are facts from that survey (government portals; local, regional and national outlets
that write about the regency). `news.google.com` is a way of finding addresses and no outlet.
"""

from __future__ import annotations

import pytest

from config import Config, load_config

GOVERNMENT = (
    "patikab.go.id", "humas.patikab.go.id", "diskominfo.patikab.go.id", "mediacenter.patikab.go.id",
    "dkp.patikab.go.id", "dinkes.patikab.go.id", "bappeda.patikab.go.id", "smartcity.patikab.go.id",
)  # fmt: skip
LOCAL = (
    "berita.murianews.com", "arsip.murianews.com", "betanews.id", "mitrapost.com", "lingkarjateng.id",
    "lingkarpati.com", "lingkar.co", "kabarhariini.id", "beritajateng.id", "lingkar.news", "samin-news.com",
    "patinews.com", "linikata.com", "mondes.co.id", "jurnalindo.com", "infojateng.id", "patidaily.com",
    "beritapati.com", "wartapati.com", "seputarmuria.com", "wartaphoto.net", "korandiva.co", "mediapati.com",
    "kabarpatigo.com", "targethukumindonesia.com", "pasfmpati.com",
)  # fmt: skip
REGIONAL = (
    "muria.tribunnews.com", "jateng.tribunnews.com", "radarkudus.jawapos.com", "muria.suaramerdeka.com",
    "portalkudus.pikiran-rakyat.com", "detik.com", "jateng.antaranews.com", "regional.kompas.com",
    "solopos.com", "kumparan.com", "jateng.inews.id", "jateng.jpnn.com", "mediaindonesia.com",
)  # fmt: skip
CLONES = ("hostingersite.com", "mino77-news.com", "berita188.web.id")


@pytest.fixture(scope="module")
def bundled() -> Config:
    return load_config()


@pytest.mark.parametrize("host", [*GOVERNMENT, *LOCAL, *REGIONAL])
def test_it_is_listed_and_nothing_is_promised(host: str, bundled: Config) -> None:
    (source,) = [s for s in bundled.sources if s.host.removeprefix("www.") == host]
    assert source.status == "investigating"  # none was ever fetched from here
    assert source.note
    assert source.discover
    assert source.expected_per_week is None
    assert source.kind == ("government" if host in GOVERNMENT else "news")
    assert source.scope == "pati_only" or host not in GOVERNMENT


def test_known_clones_are_never_fetched(bundled: Config) -> None:
    assert set(CLONES) <= set(bundled.crawl.block_hosts)


def test_complaint_exports_have_a_folder_each(bundled: Config) -> None:
    folders = {one.target for s in bundled.sources for one in s.discover if one.method == "folder"}
    assert {"sp4n", "whatsapp", "aduan", "medsos"} <= folders
