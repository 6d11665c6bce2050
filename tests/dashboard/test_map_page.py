"""The map: counts and rates that agree with the mart, outlines from a file, and the way to the rows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from config import ConfigError, load_config
from config.areas import LARGEST, load_areas
from config.loader import BUNDLED
from dashboard import maps
from tests.dashboard.seed import NOW
from tests.dashboard.test_pages import view, words
from warehouse import Lake
from warehouse.queries import last_complete_week
from warehouse.queries.places import MapFilter, place_topics, places

LAST = last_complete_week(NOW)
TWELVE = MapFilter(LAST.shift(-11), LAST)


pytestmark = pytest.mark.usefixtures("plain")


def outlines(names: list[str], key: str = "name") -> dict[str, Any]:
    """A square for each name; every second one drawn the other way round."""
    features = []
    for at, name in enumerate(names):
        x, y = 110.9 + 0.05 * (at % 5), -6.9 + 0.05 * (at // 5)
        ring = [[x, y], [x + 0.04, y], [x + 0.04, y + 0.04], [x, y + 0.04], [x, y]]
        shape = {"type": "Polygon", "coordinates": [ring[:: -1 if at % 2 else 1]]}
        features.append({"type": "Feature", "properties": {key: name}, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}


def test_any_filter_counts_like_the_mart(lake: Lake) -> None:
    mart = lake.frame("FROM mart_place WHERE period_kind = 'weeks_12' ORDER BY kecamatan, kind")
    assert list(mart["kind"]) == ["complaint", "news"]
    for row in mart.to_dict("records"):
        found = places(lake, MapFilter(TWELVE.first, TWELVE.last, row["kind"])).set_index("kecamatan")
        there = found.loc[row["kecamatan"]]
        assert list(there[["n", "rate", "rate_low", "rate_high"]]) == [
            row[name] for name in ("n", "rate", "rate_low", "rate_high")
        ]


def test_a_rate_needs_ten_documents(lake: Lake) -> None:
    whole = places(lake, TWELVE).set_index("kecamatan")
    assert list(whole["n"]) == [32, 0]
    assert whole.loc["Juwana", "rate"] == pytest.approx(10_000 * 32 / 90_000)
    one = places(lake, MapFilter(LAST.shift(-3), LAST.shift(-3))).set_index("kecamatan")
    assert one.loc["Juwana", "n"] == 1
    assert one["rate"].isna().all()


def test_filters_of_the_map_narrow_it(lake: Lake) -> None:
    assert places(lake, MapFilter(LAST, LAST, topic="banjir"))["n"].sum() == 0
    assert places(lake, MapFilter(LAST, LAST, opd="dlh"))["n"].sum() == 0
    assert place_topics(lake, "Juwana", TWELVE)["topic_label"].to_list() == ["Jalan & jembatan"]
    assert place_topics(lake, "'; DROP TABLE x; --", TWELVE).empty


@pytest.mark.parametrize("measure", ["n", "rate"])
@pytest.mark.parametrize("areas", [None, outlines(["Juwana", "Tayu", "Entah"], "kecamatan")])
def test_the_map_can_be_drawn_and_names_its_places(
    lake: Lake, measure: maps.Measure, areas: dict[str, Any] | None
) -> None:
    svg = vl_convert.vegalite_to_svg(maps.place_map(places(lake, TWELVE), measure, areas).to_dict())
    assert "Juwana" in svg
    assert "Tayu" in svg
    assert "NaN" not in svg


def test_the_page_leads_to_as_many_rows_as_it_counts(homes: dict[str, Path]) -> None:
    app = view(
        homes["seeded"], "peta", {"wilayah_peta": "Juwana", "jenis_peta": "Aduan", "rentang": "12 minggu"}
    )
    assert "**20 dokumen**" in words(app)
    days = {"dari": TWELVE.first.monday.isoformat(), "sampai": TWELVE.last.sunday.isoformat()}
    listed = {"tampil": "Dokumen", "kecamatan": "Juwana", "jenis": "Aduan", **days}
    assert "n = 20 dokumen yang cocok" in words(view(homes["seeded"], "berita", listed))


def test_a_place_without_population_has_a_count_only(homes: dict[str, Path], tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(homes["seeded"], home)
    with Lake(home, now=NOW) as there:
        there.write(
            lambda con: con.execute("UPDATE dim_kecamatan SET population = NULL WHERE kecamatan = 'Juwana'")
        )
    app = view(home, "peta", {"ukuran": "Per 10.000 penduduk", "rentang": "12 minggu"})
    assert "Penduduk 1 kecamatan belum diisi (Juwana)" in words(app)
    table = next(one.value for one in app.dataframe if "Penduduk" in one.value)
    assert list(table["Per 10.000"]) == ["penduduk belum diisi", "data belum cukup"]


def test_outlines_are_known_by_name_or_alias(tmp_path: Path) -> None:
    kecamatan = load_config().kecamatan
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps(outlines([one.names[-1].upper() for one in kecamatan] + ["Kudus"])))
    found = load_areas(path, "name", kecamatan)
    assert [one["properties"]["kecamatan"] for one in found["features"]] == [one.name for one in kecamatan]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "tidak dapat dibaca"),
        ("bukan json", "bukan GeoJSON"),
        ("[]", "bukan GeoJSON"),
        (json.dumps(outlines(["Juwana"])), "tidak memuat Sukolilo, Kayen"),
        (json.dumps(outlines(["Juwana"])).replace("Polygon", "Point"), "bukan Polygon"),
        ("x" * (LARGEST + 1), "lebih dari 5 MB"),
    ],
)
def test_a_wrong_file_of_outlines_is_one_sentence(tmp_path: Path, text: str | None, says: str) -> None:
    path = tmp_path / "batas.geojson"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ConfigError, match=says):
        load_areas(path, "name", load_config().kecamatan)


def test_the_page_draws_areas_where_places_name_a_file(
    homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = (BUNDLED / "places.yaml").read_text(encoding="utf-8")
    (tmp_path / "places.yaml").write_text(given.replace("# areas: kec", "areas: kec"), encoding="utf-8")
    monkeypatch.setenv("PATI_CONFIG", str(tmp_path))
    missing = view(homes["seeded"], "peta")
    assert "tidak dapat dibaca" in words(missing)
    names = [one.name for one in load_config().kecamatan]
    (tmp_path / "kecamatan.geojson").write_text(json.dumps(outlines(names)))
    assert "Wilayah. Ketuk kecamatan" in words(view(homes["seeded"], "peta"))
