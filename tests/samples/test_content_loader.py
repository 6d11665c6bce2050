from __future__ import annotations

from pathlib import Path

import pytest

from samples.content_loader import ContentError, load_items

GOOD = "- {id: a, kind: news, title: Judul, text: Isi}\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- {id: a, kind: news, text: Isi}", "needs a title"),
        ("- {id: a, kind: koran, title: T, text: Isi}", "kind"),
        ("- {id: a, kind: news, title: T, text: 'Isi {anu}'}", "{anu}"),
        ("- {id: a, kind: news, title: T, text: Isi, slots: {b: []}}", "slot b"),
        ("- {id: a, kind: news, title: T, text: Isi, week: 27}", "week"),
        ("- {id: a, kind: news, title: T, text: Isi, outlets: [tidakada]}", "tidakada"),
        ("- {id: a, kind: comment, text: Isi, parent: tidakada}", "tidakada"),
        ("- {id: a, kind: complaint, text: Isi, channel: surat}", "surat"),
        ("- {id: a, kind: video, title: T, text: Isi, channel: tvlain}", "tvlain"),
        ("- {id: a, kind: social, text: Isi, outlets: [suaramuria]}", "only a news"),
        ("- {id: a, kind: news, title: T, text: Isi, judul: X}", "judul"),
        ("id: a", "list of items"),
        ("- {id: a", "not valid YAML"),
        (GOOD + GOOD, "already used"),
    ],
)
def test_broken_content_names_file_and_reason(tmp_path: Path, text: str, wanted: str) -> None:
    (tmp_path / "salah.yaml").write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        load_items(tmp_path)
    assert "salah.yaml" in str(caught.value)
    assert wanted in str(caught.value)


def test_slots_inside_slot_values_and_labels_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "- {id: a, kind: news, title: T, text: '{b}', slots: {b: ['plat {plat}']},"
        " labels: {kecamatan: ['{kec}']}}",
        "utf-8",
    )
    assert load_items(tmp_path)[0].slots == {"b": ("plat {plat}",)}
