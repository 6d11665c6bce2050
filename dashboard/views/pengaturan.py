"""Pengaturan: what is watched, when the system speaks up, and to whom. For admins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from config import ConfigError
from config.writing import Scalar
from dashboard import activity, changing, data, doors, people, receivers, recording, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.settings import SettingsError
from warehouse.access import viewer_of
from warehouse.access.accounts import accounts
from warehouse.errors import LakeError
from warehouse.queries.saved_searches import saved_searches

SAID: Final = "pengaturan_pesan"
ACTIVE, PAUSED = "active", "quarantined"
RULES: Final = {
    "surge": "Lonjakan",
    "fall": "Menyepi",
    "widespread": "Cerita menyebar cepat",
    "silent_source": "Sumber terganggu",
}


def save(name: str, place: Sequence[str], value: Scalar, said: str) -> None:
    """Change one value, or say in the loader's own sentence why not."""
    try:
        changing.change(name, place, value)
    except (ConfigError, LakeError, SettingsError, OSError) as problem:
        st.error(text.markdown(problem, 400), icon=":material/error:")
        return
    st.session_state[SAID] = said
    st.rerun()


def sources(*, writing: bool) -> None:
    """Which sources are collected; one may be paused or taken up again."""
    st.header("Sumber", help=terms.SETTINGS_SOURCES, anchor=False)
    known = {source.id: source for source in data.config().sources}
    st.caption(
        f"n = {fmt.count(len(known), 'sumber')} di sources.yaml; perubahan berlaku mulai pengumpulan "
        "berikutnya."
    )
    ui.table(
        {
            "Sumber": [text.cell(source.name, 80) for source in known.values()],
            "Diambil": ["ya" if source.status == ACTIVE else "tidak" for source in known.values()],
        },
        name="daftar-sumber",
    )
    if not writing:
        return
    with st.form("sumber_status"):
        chosen = st.selectbox(
            "Sumber", list(known), format_func=lambda key: known[key].name, index=None, placeholder="Pilih"
        )
        wanted = st.radio(
            "Mulai sekarang",
            [ACTIVE, PAUSED],
            format_func=lambda s: "Ambil" if s == ACTIVE else "Jeda",
            horizontal=True,
        )
        sent = st.form_submit_button("Simpan sumber", icon=":material/save:")
    if sent and chosen is None:
        st.error("Pilih dahulu sumbernya.", icon=":material/error:")
    elif sent and chosen is not None:
        what = "diambil" if wanted == ACTIVE else "dijeda"
        save(
            "sources.yaml",
            ("sources", chosen, "status"),
            wanted,
            f"{text.markdown(known[chosen].name, 60)} {what}.",
        )


def alerts(*, writing: bool) -> None:
    """How many false alerts are tolerable, and which rules speak."""
    st.header("Peringatan", help=terms.SETTINGS_ALERTS, anchor=False)
    found = data.config().alerts
    st.caption(
        f"Anggaran sekarang: rata-rata paling banyak {fmt.number(found.budget.false_per_month, 1)} "
        "peringatan palsu sebulan. "
        "Coba dahulu dengan `pati alerts backtest`."
    )
    with st.form("anggaran"):
        budget = st.number_input(
            "Peringatan palsu sebulan",
            value=float(found.budget.false_per_month),
            step=0.5,
            disabled=not writing,
        )
        sent = st.form_submit_button("Simpan anggaran", icon=":material/save:", disabled=not writing)
    if sent:
        save("alerts.yaml", ("budget", "false_per_month"), budget, "Anggaran peringatan diubah.")
    for rule, label in RULES.items():
        on: bool = getattr(found, rule).enabled
        if st.toggle(label, on, key=f"aturan_{rule}_{on}", disabled=not writing) != on:
            save("alerts.yaml", (rule, "enabled"), not on, f"{label}: {'mati' if on else 'hidup'}.")


def searches() -> None:
    """Which searches are kept, and whose they are."""
    st.header("Pencarian tersimpan", anchor=False)
    rows = data.ask(saved_searches, data.viewer().user)
    if not rows:
        ui.empty("Belum ada pencarian tersimpan", "Simpan dengan `pati search KATA --save NAMA`.")
        return
    ui.table(
        {
            "Nama": [text.cell(row.name, 60) for row in rows],
            "Pertanyaan": [text.cell(row.words, 120) for row in rows],
            "Pemilik": [text.cell(row.owner, 64) or "bersama" for row in rows],
            "Dibagikan": ["ya" if row.shared else "tidak" for row in rows],
            "Temuan baru": [row.n_new for row in rows],
        },
        name="pencarian-tersimpan",
    )


def users() -> None:
    """The accounts; they are made and closed on the command line."""
    st.header("Pengguna", anchor=False)
    data.admit("users")
    found = accounts(data.settings().home)
    if not found:
        ui.empty("Belum ada akun", "Buat dengan `pati user add NAMA --role PERAN` di peladen.")
        return
    st.caption(
        f"n = {fmt.count(len(found), 'akun')}; tambah, tutup, atau setel ulang dengan `pati user` di peladen."
    )
    ui.table(
        {
            "Akun": [text.cell(one.user, 64) for one in found],
            "Peran": [text.cell(doors.role_name(viewer_of(one.user, one.role)), 60) for one in found],
            "Aktif": ["ya" if one.enabled else "tidak" for one in found],
            "Terakhir masuk": [
                fmt.MISSING if one.last_at is None else fmt.moment(one.last_at) for one in found
            ],
        }
    )


ui.header("Pengaturan", "Apa yang dipantau, kapan sistem memberi tahu, dan siapa yang diberi tahu?")
if message := st.session_state.pop(SAID, None):
    st.success(message, icon=":material/check:")
writing = people.current("settings") is not None
if not writing:
    st.info(recording.READ_ONLY, icon=":material/lock:")
st.caption(
    "Perubahan ditulis ke berkas konfigurasi di peladen; berkas sebelumnya disimpan di folder riwayatnya."
)
sources(writing=writing)
alerts(writing=writing)
receivers.draw(writing=writing)
searches()
users()
activity.draw()
