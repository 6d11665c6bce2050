from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from config import load_config
from samples.content_loader import Item
from samples.dates import WIB
from samples.plan import stretch
from samples.records import Complaint, PersonalKind
from samples.slots import Place, found_in
from samples.world import NOW, World


def test_same_arguments_same_world(items: tuple[Item, ...], world: World) -> None:
    again = World(items=items, scale=0.2)
    assert again.documents == world.documents
    assert again.personal_data == world.personal_data


def test_another_seed_moves_details_but_keeps_texts(items: tuple[Item, ...], world: World) -> None:
    other = World(items=items, scale=0.2, seed=1)
    assert other.articles != world.articles
    release = {a.text for w in (world, other) for a in w.articles if a.release}
    assert len(release) == 1


def test_a_new_text_does_not_change_the_others(items: tuple[Item, ...]) -> None:
    storylines = tuple(item for item in items if item.storyline)
    added = Item(id="zz-baru", kind="news", storyline="x", title="Baru", text="Baru.", week=3)
    before = World(items=storylines).articles
    after = World(items=(*storylines, added)).articles
    assert [a.text for a in before] == [a.text for a in after if a.item_id != "zz-baru"]


def test_weeks_run_from_monday_to_sunday_and_end_before_now(world: World) -> None:
    assert world.start.isoformat() == "2026-05-18T00:00:00+07:00"
    for record in world.documents:
        assert record.published_at.utcoffset() == timedelta(0)
        assert record.published_at <= NOW
    own = [a for a in world.articles if a.copy_of is None and not a.release]
    for record in (*own, *world.posts, *world.complaints):
        monday = world.start + timedelta(weeks=record.week - 1)
        assert monday <= record.published_at < monday + timedelta(weeks=1)


def test_the_day_of_a_story_is_kept(world: World) -> None:
    rob = [a for a in world.articles if a.item_id == "uji-rob" and a.copy_of is None]
    assert {a.published_at.astimezone(WIB).date().isoformat() for a in rob} == {"2026-11-04"}
    assert all("Rabu (4/11/2026)" in a.text for a in rob)


def test_places_are_pairs_that_exist(world: World) -> None:
    pairs = {Place(k.name, d.name) for k in load_config().kecamatan for d in k.desa}
    daily = [a for a in world.articles if a.item_id == "uji-harian"]
    assert daily
    for article in daily:
        place = Place(article.labels.kecamatan[0], article.labels.desa[0])
        assert place in pairs
        assert f"Desa {place.desa}, Kecamatan {place.kecamatan}" in article.text


def test_no_slot_is_left_open(world: World) -> None:
    assert [r.id for r in world.documents if "{" in r.title + r.text] == []


def test_a_press_release_runs_in_twelve_outlets_word_for_word(world: World) -> None:
    release = [a for a in world.articles if a.item_id == "uji-rilis"]
    assert len({a.outlet for a in release}) == len(release) == 12
    assert len({a.text for a in release}) == 1
    assert all(a.advertorial for a in release)


def test_the_clone_takes_every_story_hours_later_under_its_own_name(world: World) -> None:
    originals = {a.id: a for a in world.by_outlet("suaramuria")}
    copies = world.by_outlet("viralpantura")
    latest = NOW - timedelta(hours=10)
    taken = {a.copy_of for a in copies}
    assert {a.id for a in originals.values() if a.published_at < latest} <= taken
    for copy in copies:
        assert copy.copy_of is not None
        lag = copy.published_at - originals[copy.copy_of].published_at
        assert timedelta(hours=1) <= lag <= timedelta(hours=9)
        assert "suara muria" not in (copy.text + copy.title).lower()
    rob = next(a for a in copies if a.item_id == "uji-rob")
    assert rob.text.startswith("JUWANA, VIRAL PANTURA \u2013 ")


def test_the_dying_outlet_publishes_nothing_after_week_20(full_world: World) -> None:
    weeks = [a.week for a in full_world.by_outlet("kilaskendeng")]
    assert weeks
    assert max(weeks) <= 20
    broken = full_world.silent_since("kilaskendeng")
    assert broken is not None
    assert broken.astimezone(WIB).date().isoformat() == "2026-10-05"
    assert full_world.silent_since("suaramuria") is None


def test_traps_go_to_general_outlets_and_complaints_not_to_the_government(world: World) -> None:
    traps = [a.outlet for a in world.articles if not a.labels.relevant]
    assert traps
    assert set(traps) <= {"infomuriaraya", "detakjateng"}
    negative = {a.outlet for a in world.articles if a.labels.sentiment == "negatif"}
    assert not negative & {"portalpemkab", "diskominfopati"}


def test_addresses_and_numbers_are_unique_and_dated(world: World) -> None:
    addresses = [(a.outlet, a.path) for a in world.articles]
    assert len(set(addresses)) == len(addresses)
    by_outlet = defaultdict(list)
    for article in world.articles:
        by_outlet[article.outlet].append(article.number)
    assert all(numbers == sorted(set(numbers)) for numbers in by_outlet.values())
    dated = next(a for a in world.articles if a.outlet == "suaramuria")
    assert dated.path.startswith(f"/{dated.published_at.astimezone(WIB):%Y/%m/%d}/")
    assert dated.url(81) == f"http://suaramuria.localhost:81{dated.path}"


def test_comments_come_after_their_video_and_replies_after_their_thread(world: World) -> None:
    videos = {v.video_id: v for v in world.videos}
    comments = {c.comment_id: c for c in world.comments}
    assert sum(c.reply_to is not None for c in world.comments) > 3
    for one in world.comments:
        assert one.published_at > videos[one.video_id].published_at
        assert videos[one.video_id].item_id == "uji-video"
        if one.reply_to:
            assert one.published_at > comments[one.reply_to].published_at
            assert one.comment_id.startswith(one.reply_to + ".")
    assert [v.item_id for v in world.videos if v.comments_disabled] == ["uji-video-sepi"]


def test_personal_data_is_listed_where_it_stands(world: World) -> None:
    kinds = Counter(datum.kind for datum in world.personal_data)
    assert {"name", "nik", "phone", "plate", "house_number", "handle"} <= set(kinds)
    texts = {r.id: f"{r.title}\n{r.text}" for r in world.documents}
    inside = [d for d in world.personal_data if d.context != d.value]
    assert all(d.value in texts[d.record_id] for d in inside)
    for datum in world.personal_data:
        digits = "".join(c for c in datum.value if c.isdigit())
        if datum.kind == "nik":
            assert digits.startswith("331800000000")
            assert len(digits) == 16
        if datum.kind == "phone":
            assert "8120000" in digits
        if datum.kind == "house_number":
            assert datum.needle == f"No {datum.value}"


def test_every_value_of_a_text_is_listed(world: World) -> None:
    listed = defaultdict(set)
    for datum in world.personal_data:
        listed[datum.record_id].add(datum.kind)
    for complaint in world.complaints:
        if complaint.item_id == "uji-sp4n":
            assert {"name", "nik", "house_number"} <= listed[complaint.id]
        if complaint.item_id == "uji-wa":
            assert {"plate", "phone"} <= listed[complaint.id]


@pytest.mark.parametrize(
    ("text", "kind", "value", "needle"),
    [
        ("KK 3318000000000011.", "number", "3318000000000011", "3318000000000011"),
        ("kartu No 0000000000000 a.n.", "number", "0000000000000", "No 0000000000000"),
        ("NOP 33.18.000.000.000.0000.0.", "nop", "33.18.000.000.000.0000.0", None),
        ("ke nama.contoh@example.com.", "email", "nama.contoh@example.com", None),
        ("rumah No 117B, tetangga", "house_number", "117B", "No 117B"),
    ],
)
def test_values_written_by_hand_are_found(
    text: str, kind: PersonalKind, value: str, needle: str | None
) -> None:
    slots: list[tuple[PersonalKind, str]] = [(kind, value)] if kind == "house_number" else []
    found = found_in(text, slots, "x")
    assert [(d.kind, d.value, d.needle) for d in found] == [(kind, value, needle or value)]


def test_money_and_years_are_not_personal() -> None:
    assert found_in("Rp1.254.698.193.000 pada 2026, kode 3318010, 250 persen", [], "x") == []


def test_confidential_and_anonymous_reports_exist(full_world: World) -> None:
    sp4n = [c for c in full_world.complaints if c.channel == "sp4n"]
    assert {c.confidentiality for c in sp4n} == {"publik", "anonim", "rahasia"}
    assert len({c.ticket for c in sp4n}) == len(sp4n)
    assert all(c.ticket and c.ticket.isdigit() for c in sp4n)
    listed = {d.record_id for d in full_world.personal_data if d.context == d.value}
    assert not listed & {c.id for c in sp4n if c.confidentiality == "anonim"}


def test_a_small_world_is_the_end_of_the_large_one(full_items: tuple[Item, ...]) -> None:
    small = World(items=full_items, weeks=2, scale=0.5)
    assert 70 <= len(small.documents) <= 250
    assert {r.week for r in small.documents} <= {25, 26}
    assert all(isinstance(c, Complaint) for c in small.complaints)


def test_the_demo_has_about_3000_documents_of_400_texts(full_world: World) -> None:
    used = {record.item_id for record in full_world.documents}
    assert len(used) >= 400
    assert 2_700 <= len(full_world.documents) <= 3_400


def test_the_demo_tells_all_its_stories(full_world: World) -> None:
    stories = {record.storyline for record in full_world.documents} - {None}
    assert stories >= {
        "rob_juwana",
        "jalan_prawoto",
        "pupuk_langka",
        "protes_pajak",
        "sipipa",
        "satrio_pasar",
        "pdam_mati",
        "rilis_mpp",
    }
    release = [a for a in full_world.articles if a.release]
    assert len({a.outlet for a in release}) == 12


def test_expected_labels_exist_in_the_config(full_world: World) -> None:
    config = load_config()
    known = {"opd": {one.id for one in config.opd}, "topic": {one.id for one in config.topics}}
    places = {one.name for one in config.kecamatan}
    wrong = {
        (record.item_id, label)
        for record in full_world.documents
        for label in (*record.labels.opd, record.labels.topic, *record.labels.kecamatan)
        if label not in known["opd"] | known["topic"] | places | {None}
    }
    assert wrong == set()


def test_everyday_texts_stretch_towards_the_target_within_bounds() -> None:
    one = Item(id="a", kind="social", text="x", repeat=10)
    story = Item(id="b", kind="social", text="x", repeat=5, storyline="s")
    assert stretch([one, story], 11, target=25) == pytest.approx(2.0)
    assert stretch([one, story], 11, target=1_000) == pytest.approx(3.0)
    assert stretch([one, story], 11, target=1) == pytest.approx(0.5)
    assert stretch([story], 11) == pytest.approx(1.0)


@pytest.mark.parametrize("weeks", [0, 27])
def test_a_world_has_1_to_26_weeks(items: tuple[Item, ...], weeks: int) -> None:
    with pytest.raises(ValueError, match="1 to 26"):
        World(items=items, weeks=weeks)
