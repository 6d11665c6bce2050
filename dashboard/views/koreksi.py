"""Koreksi label: which texts teach the model most, and what are their right labels?"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from dashboard import data, label_form, labels, people, recording, reviewing, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.reviewing import Answer
from dashboard.settings import SettingsError
from warehouse import queries
from warehouse.errors import LakeError
from warehouse.queries import Progress

QUEUE, SECOND, DIFFER, SKIPPED = "antrean", "kedua", "beda", "lewat"
MODES: Final = {
    QUEUE: "Antrean",
    SECOND: "Pendapat kedua",
    DIFFER: "Berbeda pendapat",
    SKIPPED: "Yang dilewati",
}
SHOWN, DONE, LAST, ROUND = "koreksi_teks", "koreksi_pesan", "koreksi_terakhir", "koreksi_ke"
SEEN: Final = "koreksi_terlihat"
TRAIN: Final = "pati nlp train --data DATA\npati nlp compare --adopt"
ENOUGH: Final = 10


def progress(found: Progress) -> None:
    """How far the checking is."""
    trained = "belum pernah dilatih di sini" if found.trained_at is None else fmt.moment(found.trained_at)
    n = f"n = {fmt.count(found.n_judged, 'teks dinilai orang')}"
    ui.tiles(
        [
            ui.Tile(
                "Menunggu",
                fmt.number(found.n_waiting),
                "teks, lihat di bawah",
                terms.REVIEW_WAITING,
            ),
            ui.Tile("Sudah diperiksa", fmt.number(found.n_judged), n, terms.REVIEW_JUDGED),
            ui.Tile("Belum dipelajari", fmt.number(found.n_new), n, terms.REVIEW_NEW, f"dilatih: {trained}"),
            ui.Tile(
                "Oleh Anda",
                fmt.number(found.n_mine),
                f"dilewati: {fmt.number(found.n_skipped)}",
                terms.REVIEW_MINE,
            ),
        ]
    )


def waiting(mode: str, kind: str | None, who: str) -> list[str]:
    """Ids of the texts of a list, the next one first."""
    if mode == SECOND:
        return data.ask(queries.second_queue, who)
    if mode == DIFFER:
        return [row["doc_id"] for row in data.ask(queries.differing)]
    frame = data.ask(queries.review_queue, who, kind, skipped=mode == SKIPPED)
    return [str(key) for key in frame["doc_id"]]


def chosen(mode: str, kind: str | None, who: str) -> str | None:
    """The text to show: the one of the address, the one shown before, or the next."""
    if key := st.query_params.get("id"):
        return key
    place = (mode, kind)
    before = st.session_state.get(SHOWN)
    if before and before[0] == place:
        return str(before[1])
    ids = waiting(mode, kind, who)
    if not ids:
        return None
    st.session_state[SHOWN] = (place, ids[0])
    return ids[0]


def onward(said: str, last: tuple[str, int] | None = None) -> None:
    """Say what was done, and go to the next text."""
    st.session_state[DONE] = said
    st.session_state[LAST] = last
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(SHOWN, None)
    st.query_params.pop("id", None)
    st.rerun()


def refused(problem: Exception) -> None:
    """One sentence about why nothing was written."""
    st.error(text.markdown(problem, 300), icon=":material/error:")


def keep(given: Answer, mode: str, seen: int) -> None:
    """Write an answer down, or say why not."""
    try:
        if mode == SECOND:
            reviewing.second(given)
            said, last = "Pendapat kedua tersimpan; label tidak berubah.", None
        else:
            correction, changed = reviewing.answer(given, seen, settles=mode == DIFFER)
            last = (given.doc_id, correction)
            parts = ", ".join(labels.FIELD[name].lower() for name in changed)
            said = f"Dikoreksi: {parts}." if changed else "Tersimpan: label sudah benar."
    except (ValueError, LakeError, SettingsError) as problem:
        refused(problem)
        st.session_state.pop(SEEN, None)  # from now on the person knows
        return
    onward(said, last)


def aside(doc_id: str) -> None:
    """The buttons beside the form: leave it, take the last one back."""
    last: tuple[str, int] | None = st.session_state.get(LAST)
    with st.container(horizontal=True):
        skip = st.button(
            "Lewati", icon=":material/skip_next:", shortcut=label_form.SKIP_KEY, key=f"lewati_{doc_id}"
        )
        undo = st.button(
            "Urungkan yang terakhir",
            icon=":material/undo:",
            shortcut=label_form.UNDO_KEY,
            disabled=last is None,
            key="urungkan",
        )
    try:
        if skip:
            reviewing.skip(doc_id)
        if undo and last:
            reviewing.undo(*last)
    except (ValueError, LakeError, SettingsError) as problem:
        refused(problem)
        return
    if skip:
        onward("Dilewati; orang lain tetap melihatnya.", last)
    if undo and last:
        st.session_state[SHOWN] = ((st.session_state["daftar"], st.session_state.get("jenis_teks")), last[0])
        st.session_state[DONE], st.session_state[LAST] = "Diurungkan; label sebelumnya berlaku lagi.", None
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.query_params["id"] = last[0]
        st.rerun()


def both(doc_id: str) -> None:
    """What two readers said."""
    row = next((row for row in data.ask(queries.differing) if row["doc_id"] == doc_id), None)
    if row is None:
        return
    named = {
        "topic": label_form.names("topics"),
        "opd": label_form.names("opd"),
        "sentiment": labels.SENTIMENT,
    }

    def said(field: str, which: str) -> str:
        known = named.get(field, {})
        values = row[f"{field}_{which}"]
        return text.cell(", ".join(labels.of(known, value) for value in values), 120) or fmt.MISSING

    st.markdown("**Dua pendapat**", help=terms.DIFFERING)
    st.table(
        {
            "Label": list(labels.FIELD.values()),
            text.cell(row["first_reader"], 40) or "Pertama": [said(field, "first") for field in labels.FIELD],
            text.cell(row["second_reader"], 40) or "Kedua": [said(field, "second") for field in labels.FIELD],
        },
        border="horizontal",
        hide_index=True,
    )


def one(doc_id: str, mode: str, *, writing: bool) -> None:
    """One text and its form."""
    row: dict[str, Any] | None = data.ask(queries.review_text, doc_id)
    if row is None:
        st.session_state.pop(SHOWN, None)
        ui.empty(
            "Teks tidak ditemukan", "Teksnya mungkin dihapus, rahasia, atau belum diberi label; buka antrean."
        )
        return
    if reason := label_form.asked(row):
        st.caption(f":material/lightbulb: {reason}")
    left, right = st.columns([3, 2])
    with left:
        label_form.passage(row)
        if mode == DIFFER:
            both(doc_id)
        if mode != SECOND:
            label_form.opinion(row)
    with right:
        if "id" in st.query_params and st.button("Kembali ke antrean", icon=ui.BACK, type="tertiary"):
            del st.query_params["id"]
            st.rerun()
        if not writing:
            st.info(recording.READ_ONLY, icon=":material/lock:")
            return
        number = st.session_state.get(ROUND, 0)
        key = f"koreksi_{mode}_{doc_id}_{number}"
        if st.session_state.get(SEEN, ("", 0))[0] != key:
            # What stood there when the form was first drawn: pressing the button draws the page anew.
            st.session_state[SEEN] = (key, row["seen"])
        given = label_form.form(row, key, blank=mode == SECOND)
        aside(doc_id)
        if given is not None:
            keep(given, mode, st.session_state[SEEN][1])


def agreement() -> None:
    """How far two readers agree, by field."""
    st.header("Kesamaan dua pembaca", help=terms.AGREEMENT, anchor=False)
    pairs = data.ask(queries.opinion_pairs)
    found = reviewing.agreements(pairs)
    if not pairs or found is None:
        ui.empty("Belum ada teks yang dibaca dua orang", terms.SECOND_OPINION)
        return
    enough = {field: one.n >= ENOUGH for field, one in found.items()}
    ui.table(
        {
            "Label": [labels.FIELD[field] for field in found],
            "n": [one.n for one in found.values()],
            "Sama": [
                fmt.percent(one.share) if enough[field] else fmt.NOT_ENOUGH for field, one in found.items()
            ],
            "Kappa": [
                fmt.number(one.kappa, 2) if enough[field] else fmt.NOT_ENOUGH for field, one in found.items()
            ],
        }
    )


def learning(found: Progress) -> None:
    """What people said since the last training, and the command that learns from it."""
    st.header("Melatih model dari koreksi", anchor=False)
    st.caption(
        f"{fmt.count(found.n_new, 'teks')} dinilai sejak pelatihan terakhir. Labelnya sudah berlaku di "
        "semua grafik; "
        "model mempelajarinya setelah perintah ini dijalankan di peladen (calon dipakai hanya bila tidak "
        "ada angka "
        "yang turun):"
    )
    st.code(TRAIN, language=None)


def made() -> None:
    """The last corrections."""
    st.header("Koreksi terakhir", anchor=False)
    rows = data.records(data.ask(queries.corrections_made))
    if not rows:
        ui.empty("Belum ada koreksi", "Setiap koreksi tercatat di sini: siapa, kapan, dari apa menjadi apa.")
        return
    st.caption(
        f"{fmt.count(len(rows), 'koreksi')} terakhir, paling banyak 100; {ui.through()}. Pilih baris untuk "
        "membukanya."
    )
    at = ui.table(
        {
            "Waktu": [fmt.moment(row["corrected_at"]) for row in rows],
            "Label": [labels.of(labels.FIELD, row["field"]) for row in rows],
            "Dari": [text.cell(row["old_value"], 80) or fmt.MISSING for row in rows],
            "Menjadi": [text.cell(row["new_value"], 80) or fmt.MISSING for row in rows],
            "Oleh": [text.cell(row["corrected_by"], 60) for row in rows],
            "Alasan": [text.cell(row["reason"], 200) for row in rows],
            "Berlaku": ["ya" if row["holds"] else "diurungkan" for row in rows],
        },
        key="tabel_koreksi",
        name="koreksi-label",
        who=("Oleh",),
    )
    for row in (rows[index] for index in at):
        ui.Link(ui.CORRECTIONS, "Buka teksnya", {"id": str(row["doc_id"])}).draw()


ui.header("Koreksi label", "Teks mana yang paling menolong model, dan apa label yang benar?")
writer = people.current("correct")
name = writer or ""
state = data.ask(queries.review_progress, name)
progress(state)
if message := st.session_state.pop(DONE, None):
    st.success(message, icon=":material/check:")
left, right = st.columns([3, 1], vertical_alignment="bottom")
mode = left.segmented_control(
    "Daftar",
    list(MODES),
    default=QUEUE,
    required=True,
    format_func=MODES.__getitem__,
    key="daftar",
    wrap=True,
    bind="query-params",
    help=f"{terms.REVIEW_ORDER} {terms.SECOND_OPINION} {terms.DIFFERING}",
)
kind = right.selectbox(
    "Jenis",
    list(labels.KIND),
    index=None,
    format_func=labels.KIND.__getitem__,
    key="jenis_teks",
    placeholder="Semua",
    bind="query-params",
    disabled=mode in (SECOND, DIFFER),
)
st.caption(
    f"Pendapat kedua menunggu Anda: {fmt.number(state.n_second)}; berbeda pendapat: "
    f"{fmt.number(state.n_differ)}; "
    f"dilewati: {fmt.number(state.n_skipped)}. Papan ketik: Tab berpindah isian, {label_form.SAVE_KEY} "
    "menyimpan, "
    f"{label_form.SKIP_KEY} melewati, {label_form.UNDO_KEY} mengurungkan."
)
shown = chosen(mode or QUEUE, kind, name)
if shown is None:
    ui.empty(
        "Tidak ada yang menunggu di daftar ini",
        "Pilih daftar atau jenis lain; antrean terisi lagi setelah data baru masuk.",
    )
else:
    one(shown, mode or QUEUE, writing=writer is not None)
agreement()
learning(state)
made()
