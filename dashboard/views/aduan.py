"""Aduan per OPD: what is waiting for whom, and since when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Final, Literal

import streamlit as st

from dashboard import cards, counted, data, downloads, due, filters, labels, leagues, service, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.access.wall import SMALL
from warehouse.queries import ComplaintFilter, Scope
from warehouse.queries.behind import PARTS
from warehouse.queries.complaint_numbers import Step
from warehouse.queries.complaint_work import complaint_trend, recurring_complaints

TABLE: Final = "tabel_opd"
# So many other periods are worked out ahead.
LIKELY = 5
PERIOD, CHANGED = "periode", "periode_diganti"
CARDS, ROWS = "Kartu", "Tabel"
# Width in pixels of a tile with several lines; no docstring here: Streamlit would print it.
WIDE: Final = 362
# Headings of columns that say who; likewise no docstring.
WHO: Final = ("Nomor",)


def totals(wanted: ComplaintFilter) -> None:
    """The queue in numbers, whatever group of it the list below shows."""
    sums = data.ask(queries.queue_totals, replace(wanted, state=None))
    n = f"n = {fmt.count(sums.n, 'aduan')}"
    groups = [
        ("open", sums.n_open, terms.QUEUE_OPEN),
        ("due", sums.n_due, terms.QUEUE_DUE),
        ("overdue", sums.n_overdue, terms.QUEUE_OVERDUE),
        ("unanswered", sums.n_unanswered, terms.QUEUE_UNANSWERED),
        ("late", sums.n_open_over_14_days, terms.QUEUE_LATE),
        ("answered", sums.n_answered, terms.QUEUE_ANSWERED),
        ("resolved", sums.n_resolved, terms.QUEUE_RESOLVED),
        ("set_aside", sums.n_set_aside, terms.QUEUE_ASIDE),
    ]
    age = (
        ""
        if sums.median_open_age_days is None
        else f"separuhnya lebih dari {fmt.number(sums.median_open_age_days)} hari"
    )
    tiles = [
        ui.Tile(
            labels.STATE[state],
            fmt.number(count),
            n,
            meaning,
            age if state == "open" else "",
            ui.Narrow("keadaan", state, also=((counted.KEY, None),)) if count else None,
        )
        for state, count, meaning in groups
    ]
    st.caption(f"{n} tentang Pati yang cocok dengan saringan; {ui.through()}.")
    ui.tiles(tiles)
    st.info(
        "**Dijawab bukan berarti tuntas.** Status kanal sering berhenti di jawaban; pekerjaan di "
        "lapangan bisa belum selesai.",
        icon=":material/info:",
    )


def period(wanted: ComplaintFilter) -> Scope:
    """What the numbers of service are about, as chosen in `served`."""
    chosen = service.periods(data.settings().now)[st.session_state[PERIOD]]
    return replace(chosen, channel=wanted.channel, opd=wanted.opd or data.viewer().opd)


@st.fragment
def served(wanted: ComplaintFilter) -> None:
    """How fast and how well complaints are served, in one period; another one draws nothing else anew."""
    st.header("Waktu dan tenggat layanan")
    st.caption(terms.WITHHELD)
    choices = service.periods(data.settings().now)
    st.selectbox(
        "Periode",
        list(choices),
        key=PERIOD,
        bind="query-params",
        width=260,
        on_change=st.session_state.update,
        kwargs={CHANGED: True},
    )
    if st.session_state.pop(CHANGED, False) and filters.follows_a_number():
        st.rerun()  # the list below shows the rows of a number of this period
    scope = period(wanted)
    if data.viewer().opd:
        st.caption(":material/info: Angka di bagian ini tentang OPD Anda; OPD lain ada di tabel Per OPD.")
    if any((wanted.topic, wanted.kecamatan, wanted.words, wanted.first, wanted.last)):
        st.caption(
            ":material/info: Angka di bagian ini hanya mengikuti saringan OPD dan kanal, bukan topik, "
            "wilayah, kata, atau tanggal."
        )
    others = [one for name, one in choices.items() if name != st.session_state[PERIOD]][:LIKELY]
    with data.likely_next(*(partial(moved, before=scope, now=one) for one in others)):
        numbers(scope)
    filters.remember()


def moved(one: Any, before: Scope, now: Scope) -> Any:  # noqa: ANN401 - any argument of a question
    """The same scope in another period; anything else as it is."""
    return replace(before, kind=now.kind, start=now.start) if one == before else one


def numbers(scope: Scope) -> None:
    """All numbers of one period."""
    now = data.settings().now
    ui.tiles(
        [received(scope), *responses(scope), resolution(scope), *(kept(scope, one) for one in service.STEPS)],
        WIDE,
    )
    waiting(scope if not service.ends_now(scope, now) else replace(scope, kind="now", start=None))
    if scope.channel is None:
        by_channel(scope)


def received(scope: Scope) -> ui.Tile:
    """What came in."""
    found = data.ask(queries.cohort, scope)
    return counted.narrowed("received", service.received(found), found and found.n_received)


def responses(scope: Scope) -> list[ui.Tile]:
    """The two clocks of the first reply."""
    clocks: tuple[Literal["reply", "agency_reply"], ...] = ("reply", "agency_reply")
    found = {clock: data.ask(queries.response, scope, clock) for clock in clocks}
    return [
        counted.narrowed(clock, service.response(clock, one), one and one.n) for clock, one in found.items()
    ]


def resolution(scope: Scope) -> ui.Tile:
    """What was closed in time."""
    found = data.ask(queries.resolution, scope)
    return counted.narrowed("resolution", service.resolution(found), found and found.n_valid)


def kept(scope: Scope, step: Step) -> ui.Tile:
    """Deadlines of one step."""
    found = data.ask(queries.compliance, scope, step)
    return counted.narrowed(step, service.compliance(step, found), found and found.n_due)


def waiting(scope: Scope) -> None:
    """The backlog at the end of the period, its age, and how it is spread over people."""
    st.subheader("Tunggakan dan umurnya")
    found = data.ask(queries.backlog, scope)
    load = data.ask(queries.load, scope.channel, scope.opd)
    ui.tiles(
        [
            counted.narrowed("backlog", service.backlog(found), found and found.n_open),
            counted.narrowed("load", service.load(load), load and load.n_open),
        ],
        WIDE,
    )
    if found is not None:
        ns = [found.n_0_5, found.n_6_14, found.n_15_60, found.n_over_60]
        tiles = zip(PARTS, service.ages(found), ns, strict=True)
        ui.tiles([counted.narrowed(key, tile, n) for key, tile, n in tiles])


def by_channel(scope: Scope) -> None:
    """The channels side by side: some never tell when they answered."""
    rows = data.records(data.ask(queries.service_by_channel, scope))
    if not rows:
        return
    st.subheader("Per kanal")
    ui.table(
        {
            "Kanal": [text.cell(cards.channel_name(row["channel"])) for row in rows],
            "Diterima": [row["n_received"] for row in rows],
            "Belum dijawab": [row["n_unanswered"] for row in rows],
            "Respons median": [service.withheld(row["verdict"], service.days(row["median"])) for row in rows],
            "Selesai ≤ 14 hari kerja": [
                service.withheld(row["of_valid_verdict"], fmt.percent(row["of_valid"])) for row in rows
            ],
            "Jawaban tepat waktu": [
                service.withheld(row["compliance_verdict"], fmt.percent(row["compliance"])) for row in rows
            ],
        }
    )


def choose_agency() -> None:
    """A tap on a row of the table filters the list below."""
    state: Any = st.session_state.get(TABLE)
    rows = state["selection"]["rows"] if state else []
    if rows:
        agencies = data.ask(queries.agencies)
        st.session_state["dinas"] = agencies["opd_id"].iloc[rows[0]]


def by_agency() -> None:
    """Complaints per agency over two windows; counts, never rates."""
    st.header("Per OPD", help=terms.BY_AGENCY)
    frame = data.ask(queries.agencies)
    if frame.empty:
        ui.empty("Belum ada aduan ber-OPD", "Tabel ini terisi setelah aduan diberi label OPD.")
        return
    st.caption(
        f"n aduan masuk dalam 4 dan 12 minggu penuh terakhir; {ui.through()}. "
        "Pilih baris untuk menyaring halaman ini."
    )
    ui.table(
        {
            "OPD": [text.cell(name) for name in frame["opd_short"]],
            "Masuk 4 mgg": list(frame["n_4_weeks"]),
            "Masuk 12 mgg": list(frame["n_12_weeks"]),
            "Dijawab (12 mgg)": list(frame["n_answered_12_weeks"]),
            "Tuntas (12 mgg)": list(frame["n_resolved_12_weeks"]),
            "Terbuka": list(frame["n_open"]),
            "Lewat tenggat": list(frame["n_overdue"]),
            "Terbuka > 14 hari": list(frame["n_open_over_14_days"]),
        },
        key=TABLE,
        on_select=choose_agency,
        name="aduan-per-opd",
    )
    leagues.opd_unanswered()


def trends(opd: str | None) -> None:
    """What rises and what comes back, of one office or of all."""
    st.header("Tren dan isu berulang", help=terms.TREND)
    st.caption(
        "4 minggu penuh terakhir, 4 minggu sebelumnya, dan 12 minggu; hanya mengikuti saringan OPD; "
        f"{ui.through()}."
    )
    for by, heading in (("topic", "Topik"), ("kecamatan", "Kecamatan")):
        rows = data.records(data.ask(complaint_trend, by, opd))
        if not rows:
            ui.empty(
                f"Belum ada aduan menurut {heading.lower()}",
                "Tabel ini terisi dari aduan 12 minggu terakhir.",
            )
            continue
        ui.table(
            {
                heading: [text.cell(row["label"], 60) or fmt.MISSING for row in rows],
                "4 mgg": [row["n"] for row in rows],
                "4 mgg sebelumnya": [row["n_before"] for row in rows],
                "12 mgg": [row["n_12"] for row in rows],
            }
        )
    frame, hidden = data.ask(recurring_complaints, opd)
    st.subheader("Isu berulang di desa", help=terms.RECURRING)
    if frame.empty:
        ui.empty("Belum ada isu berulang yang dapat ditampilkan", terms.RECURRING)
    else:
        ui.table(
            {
                "Topik": [text.cell(name, 60) for name in frame["topic_label"]],
                "Desa": [text.cell(name, 60) for name in frame["desa"]],
                "Kecamatan": [text.cell(name, 60) for name in frame["kecamatan"]],
                "Minggu (dari 8)": list(frame["n_weeks"]),
                "Aduan": list(frame["n"]),
            }
        )
    if hidden:
        st.caption(f"{fmt.count(hidden, 'isu')} tidak ditampilkan karena aduannya kurang dari {SMALL}.")


def queue(wanted: ComplaintFilter, scope: Scope) -> None:
    """The complaints themselves, the open one whose deadline is nearest first."""
    st.header("Daftar aduan", help=terms.QUEUE_ORDER)
    if number := filters.counted():
        wanted = replace(wanted, behind=counted.behind(number, scope, data.settings().now))
        st.caption(f"Hanya aduan yang dihitung angka **{counted.LABELS[number]}** pada periode yang dipilih.")
    page = data.ask(queries.complaints, wanted, filters.PAGE_SIZE, filters.offset("hal_aduan"))
    if page.total == 0:
        ui.empty("Tidak ada aduan yang cocok", "Longgarkan saringan, atau periksa rentang tanggalnya.")
        return
    st.caption(f"n = {fmt.count(page.total, 'aduan')} yang cocok; {ui.through()}.")
    downloads.offer(
        "daftar-aduan",
        lambda ask: listing(data.records(ask(queries.complaint_rows, wanted))),
        page.total,
        WHO,
    )
    shape = st.segmented_control(
        "Tampilan",
        [CARDS, ROWS],
        default=CARDS,
        key="bentuk",
        bind="query-params",
        label_visibility="collapsed",
    )
    filters.pager(page, "hal_aduan")
    rows = data.records(page.rows)
    if shape == ROWS:
        listed(rows)
        return
    correct = cards.may_correct()
    for row in rows:
        cards.complaint(row, correct=correct)


def listing(rows: list[dict[str, Any]]) -> downloads.Columns:
    """The list as a table, on the page and in the file."""
    return {
        "Nomor": [text.cell(row["ticket_id"], 40) or fmt.MISSING for row in rows],
        "Jatuh tempo": [fmt.day(row["due_day"]) for row in rows],
        "Sisa hari kerja": [row["days_left"] for row in rows],
        "Untuk": [service.named(row["due_step"]) for row in rows],
        "Status": [text.cell(cards.status(row["status"])) for row in rows],
        "OPD": [text.cell(row["opd_short"], 60) or fmt.MISSING for row in rows],
        "Umur (hari kerja)": [row["age_working_days"] if row["open"] else None for row in rows],
        "Kanal": [text.cell(cards.channel_name(row["channel"])) for row in rows],
    }


def listed(rows: list[dict[str, Any]]) -> None:
    """The page of the list as a table: deadlines under each other."""
    st.caption("Sisa hari kerja di bawah nol berarti tenggat sudah lewat. Pilih baris untuk riwayatnya.")
    chosen = ui.table(listing(rows), key="tabel_aduan")
    if chosen:
        ui.Link(ui.HISTORY, "Buka riwayat aduan ini", {"id": str(rows[chosen[0]]["doc_id"])}).draw()


ui.header("Aduan per OPD", "Apa yang menunggu, pada siapa, dan sejak kapan?")
due.draw(here=True)
chosen = filters.complaints()
totals(chosen)
served(chosen)
by_agency()
trends(chosen.opd or data.viewer().opd)
queue(chosen, period(chosen))
filters.remember()
