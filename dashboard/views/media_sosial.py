"""Media sosial & YouTube: channels, videos, the mood of comments and the words that mark it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard import cards, charts, data, filters, labels, text, ui, word_charts
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Week, social
from warehouse.queries.social import Contrast

TREND_WEEKS: Final = 12
RANGES: Final = {"1 minggu": 1, "4 minggu": 4, "12 minggu": 12}
VOICES: Final = {"Semua": ("comment", "social"), "Komentar": ("comment",), "Unggahan": ("social",)}
TABLE: Final = "tabel_kanal"


def days(first: Week, last: Week) -> dict[str, str | list[str]]:
    """Filters of the news page that keep these weeks."""
    return {"tampil": "Dokumen", "dari": first.monday.isoformat(), "sampai": last.sunday.isoformat()}


def numbers(first: Week, last: Week) -> None:
    """Videos, comments, posts, and the tone of what judges a service."""
    items = [
        volume_tile("video", "Video", "video", terms.VIDEOS, first, last),
        volume_tile("comment", "Komentar", "komentar", terms.COMMENTS, first, last),
        volume_tile("social", "Unggahan", "unggahan", terms.POSTS, first, last),
    ]
    said = data.ask(social.mood, ("comment", "social"), first, last)
    toned = {
        "jenis": kinds(("comment", "social")),
        "nada": list(labels.SENTIMENT.values()),
        **days(first, last),
    }
    items.append(
        ui.Tile(
            "Nada bersih",
            fmt.tone(said.net_tone),
            f"n = {fmt.count(said.n_toned, 'bernada')}",
            terms.MOOD,
            ui.tones(said.n_negative, said.n_neutral, said.n_positive),
            ui.Link(ui.NEWS, "Lihat daftarnya", toned) if said.n_toned else None,
        )
    )
    ui.tiles(items)


def volume_tile(kind: str, label: str, noun: str, meaning: str, first: Week, last: Week) -> ui.Tile:
    """How many of one kind, and how many of these judge a service."""
    said = data.ask(social.mood, (kind,), first, last)
    rows = ui.Link(ui.NEWS, "Lihat daftarnya", {"jenis": kinds((kind,)), **days(first, last)})
    toned = f"{fmt.number(said.n_toned)} menilai layanan"
    return ui.Tile(
        label, fmt.number(said.n), f"n = {fmt.count(said.n, noun)}", meaning, toned, rows if said.n else None
    )


def kinds(wanted: tuple[str, ...]) -> list[str]:
    """Kinds of documents as the filter calls them."""
    return [labels.KIND[kind] for kind in wanted]


def course(voices: tuple[str, ...], last: Week) -> None:
    """The mood over twelve weeks."""
    st.header("Suasana dari minggu ke minggu", help=terms.MOOD)
    frame = data.ask(social.mood_by_week, voices, last.shift(1 - TREND_WEEKS), last)
    if frame.empty:
        ui.empty("Belum ada yang menilai layanan", "Nada hanya dihitung untuk komentar yang menilai layanan.")
        return
    st.caption(f"Komentar dan unggahan yang menilai layanan, 12 minggu; {ui.through()}.")
    ui.chart("Komentar dan unggahan per minggu menurut nada", charts.sentiment_by_week, frame)


def words(voices: tuple[str, ...], first: Week, last: Week) -> None:
    """The words that mark these weeks, and those that mark what is negative."""
    st.header("Kata yang menonjol", help=terms.WORDS)
    here, others = "Lebih sering pada rentang ini", "Lebih sering sebelumnya"
    bad, rest = "Lebih sering pada yang negatif", "Lebih sering pada yang lain"
    ui.tabs(
        "bandingan",
        {
            "Dibanding sebelumnya": partial(contrast, "before", voices, first, last, (here, others)),
            "Negatif dibanding yang lain": partial(contrast, "negative", voices, first, last, (bad, rest)),
        },
    )


def contrast(
    against: Contrast, voices: tuple[str, ...], first: Week, last: Week, sides: tuple[str, str]
) -> None:
    """One contrast as bars, and a way to the texts that have a word."""
    frame = data.ask(social.words_by_contrast, against, voices, first, last)
    if frame.empty:
        ui.empty(
            "Tidak ada kata yang menonjol",
            "Kata yang ada di kurang dari 5 teks atau ditulis kurang dari 3 orang tidak ditampilkan; "
            "coba rentang yang lebih panjang.",
        )
        return
    row = data.records(frame.head(1))[0]
    st.caption(
        f"n = {fmt.count(row['n_texts'], 'teks')}, dibandingkan dengan "
        f"{fmt.count(row['n_other_texts'], 'teks')}; {ui.through()}."
    )
    shown = [text.plain(word, 40) for word in frame["word"]]
    ui.chart("Kata yang menonjol menurut kelompok", word_charts.contrast_bars, frame, shown, sides)
    chosen = st.pills("Buka teks dengan kata", shown, key=f"kata_{against}")
    if chosen:
        asked = f'"{chosen}"' if data.words() else chosen
        wanted = {"q": asked, "jenis": kinds(voices), **days(first, last)}
        ui.Link(ui.NEWS, f"Lihat teks dengan kata {text.markdown(chosen, 40)}", wanted).draw()


def channels(first: Week, last: Week) -> str | None:
    """Channels and accounts; a row narrows the videos below."""
    st.header("Kanal dan akun", help=terms.CHANNELS)
    frame = data.ask(social.channel_volume, first, last)
    if frame.empty:
        ui.empty("Belum ada kanal", "Kanal YouTube dan akun yang dipantau akan muncul di sini.")
        return None
    st.caption(f"n = {fmt.count(len(frame), 'kanal dan akun')}; {ui.through()}. Pilih baris untuk videonya.")
    chosen = ui.table(
        {
            "Kanal": [text.cell(name, 80) for name in frame["source_name"]],
            "Video": list(frame["n_videos"]),
            "Unggahan": list(frame["n_posts"]),
            "Komentar": list(frame["n_comments"]),
            "n bernada": list(frame["n_toned"]),
            "Negatif": list(frame["n_negative"]),
            "Positif": list(frame["n_positive"]),
            "Nada bersih": [fmt.tone(net) for net in frame["net_tone"]],
        },
        key=TABLE,
    )
    rows = data.records(frame)
    for position in chosen:
        row: dict[str, Any] = rows[position]
        wanted = {"sumber": str(row["source_name"]), **days(first, last)}
        ui.Link(ui.NEWS, f"Lihat semua dari {text.markdown(row['source_name'], 60)}", wanted).draw()
        return str(row["source_id"])
    return None


def videos(source_id: str | None, first: Week, last: Week) -> None:
    """The videos of these weeks, each with the mood of its comments."""
    st.header("Video")
    page = data.ask(
        social.find_videos, first, last, source_id, filters.PAGE_SIZE, filters.offset("hal_video")
    )
    if page.total == 0:
        ui.empty(
            "Belum ada video",
            "Tidak ada video tentang Pati pada rentang ini; coba rentang yang lebih panjang.",
        )
        return
    st.caption(f"n = {fmt.count(page.total, 'video')}; {ui.through()}.")
    filters.pager(page, "hal_video")
    correct = cards.may_correct()
    for row in data.records(page.rows):
        cards.video(row, correct=correct)


def draw() -> None:
    """The whole page."""
    with st.container(horizontal=True):
        span = st.segmented_control(
            "Rentang",
            list(RANGES),
            default="4 minggu",
            key="rentang_sosial",
            required=True,
            bind="query-params",
        )
        voice = st.segmented_control(
            "Suara", list(VOICES), default="Semua", key="suara", required=True, bind="query-params"
        )
    last = queries.last_complete_week(data.settings().now)
    first = last.shift(1 - RANGES[span])
    st.caption(f"{fmt.span(first.monday, last.sunday)}; minggu penuh.")
    numbers(first, last)
    course(VOICES[voice], last)
    words(VOICES[voice], first, last)
    videos(channels(first, last), first, last)
    filters.remember()


ui.header("Media sosial", "Apa yang dibicarakan warga di video dan media sosial, dan bagaimana suasananya?")
draw()
