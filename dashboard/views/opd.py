"""OPD: how each agency is talked about and complained to, and how sure that is (`?kantor=` for one)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import cards, charts, counted, data, filters, leagues, service, text, trends, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import DocumentFilter, Scope, Tone, Week, offices
from warehouse.queries.explore import find_stories
from warehouse.queries.offices import Office

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

WEEKS: Final = 12
STORIES: Final = 5
# Width in pixels of a tile with several lines; no docstring here: Streamlit would print it.
WIDE: Final = 362


def open_office(opd_id: str) -> None:
    """Show the page of one agency."""
    st.session_state["kantor"] = opd_id


def all_offices() -> None:
    """The agencies side by side."""
    st.caption(
        "Bukan peringkat kinerja: OPD yang banyak melayani juga banyak dibicarakan. Tempat hanya ditulis "
        "sebagai rentang; di bawah 10 dokumen tidak ada persentase dan tidak ada peringkat."
    )
    frame = data.ask(queries.league, "opd_tone")
    st.header("Nada", help=terms.LEAGUES["opd_tone"])
    if frame.empty:
        ui.empty("Belum ada dokumen bernada", "Terisi sesudah ada dokumen yang menilai layanan OPD.")
    elif frame["low"].notna().any():
        st.caption(f"Bagian dokumen negatif dari yang menilai layanan, 12 minggu penuh; {ui.through()}.")
        ui.chart(
            "Bagian dokumen negatif per OPD dengan selang kepercayaan",
            charts.league_intervals,
            frame,
            "Bagian negatif, dengan selang 95 persen",
        )
    else:
        st.caption(f"Semua OPD di bawah 10 dokumen bernada: {fmt.NOT_ENOUGH} untuk digambar.")
    leagues.opd_tone(open_office)
    st.header("Aduan", help=terms.LEAGUES["opd_unanswered"])
    leagues.opd_unanswered(open_office)


def one_office(opd_id: str) -> None:
    """Everything about one agency in the last complete weeks."""
    last = data.this_week()
    first = last.shift(1 - WEEKS)
    found = data.ask(offices.office, opd_id, first, last)
    if found is None:
        ui.empty("OPD tidak ditemukan", "Pilih OPD lain pada saringan di atas.")
        return
    st.header(text.markdown(found.name, 120))
    st.caption(
        f"{fmt.span(first.monday, last.sunday)}, 12 minggu penuh; {ui.through()}. Dokumen yang menyangkut "
        "dua OPD dihitung pada keduanya."
    )
    numbers(found, first, last)
    course(opd_id, first, last)
    left, right = st.columns(2, gap="medium")
    with left:
        topics(found, first, last)
    with right:
        places(found, first, last)
    stories(found, first, last)


def days(first: Week, last: Week) -> dict[str, str | list[str]]:
    """Filters of the news page that keep these weeks."""
    return {"dari": first.monday.isoformat(), "sampai": last.sunday.isoformat()}


def numbers(found: Office, first: Week, last: Week) -> None:
    """Volume, tone and complaints in tiles."""
    rows = ui.Link(ui.NEWS, "Lihat daftarnya", {"tampil": "Dokumen", "opd": found.short, **days(first, last)})
    tone = data.ask(queries.tone, "weeks_12", scope="opd", scope_id=found.opd_id)
    ui.tiles(
        [
            ui.Tile(
                "Dokumen",
                fmt.number(found.n),
                f"n = {fmt.count(found.n, 'dokumen')}",
                terms.OFFICE_VOLUME,
                f"{fmt.number(found.n_items)} cerita, aduan, dan unggahan berbeda",
                rows if found.n else None,
            ),
            tone_tile(tone, found, first, last),
            *served(found),
        ],
        WIDE,
    )
    ui.Link(ui.COMPLAINTS, f"Lihat aduan {text.markdown(found.short, 60)}", {"dinas": found.short}).draw()


def served(found: Office) -> list[ui.Tile]:
    """How its complaints are served, with the way to those that each number counts."""
    scope = Scope("weeks_12", opd=found.opd_id)
    cohort, resolution = data.ask(queries.cohort, scope), data.ask(queries.resolution, scope)
    reply = data.ask(queries.response, scope, "agency_reply")
    open_now = data.ask(queries.backlog, Scope("now", opd=found.opd_id))
    tiles = {
        "received": (service.received(cohort), cohort and cohort.n_received),
        "agency_reply": (service.response("agency_reply", reply), reply and reply.n),
        "resolution": (service.resolution(resolution), resolution and resolution.n_valid),
        "backlog": (service.backlog(open_now), open_now and open_now.n_open),
    }
    shown = data.viewer().opd in (None, found.opd_id)  # of another office an office sees numbers only
    return [counted.linked(key, tile, n if shown else None, found.short) for key, (tile, n) in tiles.items()]


def tone_tile(tone: Tone | None, found: Office, first: Week, last: Week) -> ui.Tile:
    """Net tone with its interval."""
    if tone is None:
        return ui.Tile("Nada bersih", fmt.NOT_ENOUGH, "n = 0 dokumen bernada", terms.NET_TONE)
    toned: dict[str, str | list[str]] = {
        "tampil": "Dokumen",
        "opd": found.short,
        "nada": ["Negatif", "Netral", "Positif"],
    }
    interval = fmt.interval(tone.net_tone_low, tone.net_tone_high, fmt.tone)
    return ui.Tile(
        "Nada bersih",
        fmt.tone(tone.net_tone),
        f"n = {fmt.count(tone.n, 'dokumen bernada')} ({fmt.count(tone.n_voices, 'suara berbeda')})",
        terms.NET_TONE,
        f"selang 95 persen: {interval}  \n{ui.tones(tone.n_negative, tone.n_neutral, tone.n_positive)}",
        ui.Link(ui.NEWS, "Lihat daftarnya", {**toned, **days(first, last)}),
    )


def course(opd_id: str, first: Week, last: Week) -> None:
    """Volume and tone per week."""
    st.subheader("Kecenderungan", help=terms.OFFICE_VOLUME)
    of = "Tidak ada dokumen yang"
    volume = partial(data.ask, offices.office_volume, opd_id, first, last)
    tone = partial(data.ask, offices.office_tone, opd_id, first, last)
    ui.tabs(
        "kecenderungan",
        {
            "Jumlah": lambda: weeks(volume, charts.volume_by_week, "jenis", f"{of} menyangkut OPD ini"),
            "Nada layanan": lambda: weeks(
                tone, charts.sentiment_by_week, "nada", f"{of} menilai layanan OPD ini"
            ),
        },
    )


def weeks(
    asked: Callable[[], pd.DataFrame], make: Callable[[pd.DataFrame], alt.Chart], by: str, nothing: str
) -> None:
    """One chart of documents per week, or why there is none."""
    frame = asked()
    if frame.empty:
        ui.empty(trends.NOTHING, f"{nothing} dalam 12 minggu.")
    else:
        ui.chart(f"Dokumen OPD ini per minggu menurut {by}", make, frame)


def topics(found: Office, first: Week, last: Week) -> None:
    """What it is talked about for."""
    pairs("Topik", "topik", data.ask(offices.office_pairs, found.opd_id, "topic", first, last), found, first)


def places(found: Office, first: Week, last: Week) -> None:
    """Where."""
    frame = data.ask(offices.office_pairs, found.opd_id, "kecamatan", first, last)
    pairs("Kecamatan", "kecamatan", frame, found, first)


def pairs(heading: str, name: str, frame: pd.DataFrame, found: Office, first: Week) -> None:
    """A table of topics or kecamatan; a row leads to its documents."""
    st.subheader(heading, help=terms.OFFICE_PAIRS)
    if frame.empty:
        ui.empty(trends.NOTHING, f"Tidak ada {heading.lower()} yang dikenali untuk OPD ini dalam 12 minggu.")
        return
    names = list(frame["label"])
    columns: dict[str, Sequence[Any]] = {
        heading: names,
        "Dokumen": list(frame["n"]),
        "Aduan": list(frame["n_complaints"]),
        "Negatif": list(frame["n_negative"]),
        "Positif": list(frame["n_positive"]),
    }
    trends.rows(columns, name, names, first, data.this_week(), {"opd": found.short})


def stories(found: Office, first: Week, last: Week) -> None:
    """The stories most outlets wrote themselves."""
    st.subheader("Cerita", help=terms.TOP_STORIES)
    wanted = DocumentFilter(opd=(found.opd_id,), first=first.monday, last=last.sunday)
    page = data.ask(find_stories, wanted, STORIES)
    if page.total == 0:
        ui.empty("Belum ada cerita", "Tidak ada cerita yang menyangkut OPD ini dalam 12 minggu.")
        return
    st.caption(f"{fmt.number(len(page.rows))} dari {fmt.count(page.total, 'cerita')}.")
    for row in data.records(page.rows):
        counts = cards.voices(row["n_articles"], row["n_sources"], row["n_voices"], row["n_copies"])
        cards.story(row, counts)
    wide = {"tampil": "Cerita", "opd": found.short, **days(first, last)}
    ui.Link(ui.NEWS, "Lihat semua ceritanya", wide).draw()


ui.header("OPD", "Bagaimana tiap OPD dibicarakan dan diadukan, dan seberapa pasti angkanya?")
chosen = filters.office()
if chosen is None:
    all_offices()
else:
    one_office(chosen)
