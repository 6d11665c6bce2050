"""Alerts of one week: what the system speaks up about, why, and who takes care of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from dashboard import data, filters, labels, people, recording, text, ui
from dashboard import format as fmt
from dashboard.settings import SettingsError
from warehouse import Lake, queries
from warehouse.access import Viewer, may
from warehouse.errors import LakeError
from warehouse.queries import Week
from warehouse.store.alert_answers import Answer, answer_alert

Row = Mapping[str, Any]
SAID: Final = "peringatan_pesan"
LONGEST: Final = 500
GONE: Final = "Peringatan ini sudah ditutup orang lain; muat ulang halaman."
ANSWERS: Final[dict[Answer, str]] = {"acknowledged": "Tandai ditangani", "closed": "Tutup peringatan"}
"""What can be done about an alert, as its button says."""


def draw(week: Week) -> None:
    """The section of the page."""
    st.header("Peringatan")
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    found = data.ask(queries.week_alerts, week)
    if found.empty:
        ui.empty("Tidak ada peringatan", "Tidak ada yang jauh di luar kebiasaan pada minggu ini.")
    answering = may(data.viewer(), "alerts") and people.current("alerts") is not None
    for row in data.records(found):
        with st.container(border=True, gap="xsmall"):
            alert(row, week)
            if answering:
                form(row)


def alert(row: Row, week: Week) -> None:
    """One alert, and the way to what set it off."""
    name = labels.of(labels.ALERT, row["rule"])
    about = text.markdown(row["subject_label"], 120)
    st.markdown(f":material/notification_important: **{name}**: {about}")
    st.text(text.plain(row["reason"], 400))
    if row["counterfactual"]:
        st.caption(text.markdown(row["counterfactual"], 400))
    ui.facts(f"sejak {fmt.day(row['window_start'])}", handled(row))
    rows_of(row["rule"], str(row["subject"]), row["subject_label"], week)


def handled(row: Row) -> str:
    """``ditangani ana, 16 Nov 2026 07.00: sudah diteruskan``, or that nobody does yet."""
    if row["status"] != "acknowledged":
        return "masih terbuka, belum ada yang menangani"
    why = text.markdown(row["note"], LONGEST)
    return f"ditangani {text.markdown(row['actor'], 64)}, {fmt.moment(row['handled_at'])}" + (
        f": {why}" if why else ""
    )


def rows_of(rule: str, subject: str, label: object, week: Week) -> None:
    """From an alert to what set it off."""
    if rule == "widespread":
        ui.Link(ui.STORY, "Buka cerita", {"id": subject}).draw()
    elif rule == "silent_source":
        ui.Link(ui.SOURCES, "Lihat sumber", {}).draw()
    elif rule.endswith("_opd"):
        received = {"masuk": week.monday.isoformat(), "hingga": week.sunday.isoformat()}
        ui.Link(ui.COMPLAINTS, "Lihat aduan minggu ini", received).draw()
    else:
        days = filters.week_range(week)
        topic, _, place = str(label).rpartition(" di ") if rule == "surge_kecamatan" else (str(label), "", "")
        wanted = {"tampil": "Dokumen", "topik": topic, **days} | ({"kecamatan": place} if place else {})
        ui.Link(ui.NEWS, "Lihat dokumen topik ini", wanted).draw()


def form(row: Row) -> None:
    """Take the alert on, or close it, and say why."""
    key = str(row["alert_id"])
    able: list[Answer] = ["closed"] if row["status"] == "acknowledged" else ["acknowledged", "closed"]
    drawer = st.popover("Tangani atau tutup", icon=":material/task_alt:", type="tertiary")
    with drawer, st.form(f"jawab_{key}"):
        why = st.text_input(
            "Alasan atau tindak lanjut", max_chars=LONGEST, placeholder="mis. sudah diteruskan ke OPD-nya"
        )
        pressed = [one for one in able if st.form_submit_button(ANSWERS[one], key=f"{one}_{key}")]
    for answer in pressed:
        keep(key, answer, why.strip())


def keep(alert_id: str, answer: Answer, why: str) -> None:
    """Write it down in the viewer's name, or say in one sentence why not."""
    if not why:
        st.error("Tulis dulu alasannya; itu yang dibaca orang lain.", icon=":material/error:")
        return
    where, who = data.settings(), people.current("alerts")
    try:
        note = recording.mask(where, data.config(), why)

        def work(lake: Lake, viewer: Viewer) -> bool:
            return answer_alert(lake, alert_id, answer, who or viewer.user, note, where.writing_at)

        done = data.change("alerts", work, alert_id, f"alert {answer}")
    except (LakeError, SettingsError) as problem:
        st.error(text.markdown(problem, 300), icon=":material/error:")
        return
    st.session_state[SAID] = "Tercatat." if done else GONE
    st.rerun()
