"""A first visit: three steps for each role, shown on the first page until they are put away."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import data, ui
from dashboard.ui import Link
from warehouse.access import Role
from warehouse.access.guides import has_seen, put_away

_HERE: Final = "_panduan"
"""In the session: whether it is shown; for those without an account it is remembered only there."""

STEPS: Final[dict[Role, tuple[tuple[str, Link], ...]]] = {
    "pimpinan": (
        ("Baca lima cerita terbesar minggu ini di bawah, lalu buka satu: siapa menulis, siapa menyalin.",
         Link(ui.NEWS, "Isu & berita", {})),
        ("Lihat kecamatan mana yang paling banyak disebut, dan soal apa.", Link(ui.MAP, "Peta", {})),
        ("Bandingkan nada dan aduan tiap OPD; rentang di sebelah angka menunjukkan seberapa pasti.",
         Link(ui.OFFICES, "OPD", {})),
    ),
    "analis": (
        ("Pastikan dulu angkanya lengkap: sumber mana yang sepi, rusak, atau diblokir?",
         Link(ui.SOURCES, "Sumber & kesehatan", {})),
        ("Cari satu isu, saring, lalu simpan pencariannya supaya temuan baru dikabarkan.",
         Link(ui.NEWS, "Isu & berita", {})),
        ("Periksa sepuluh label; koreksi langsung berlaku di semua grafik dan mengajari model.",
         Link(ui.CORRECTIONS, "Koreksi label", {})),
    ),
    "opd": (
        ("Lihat antrean OPD Anda: yang lewat tenggat ada di paling atas.",
         Link(ui.COMPLAINTS, "Aduan per OPD", {})),
        ("Buka satu aduan, catat tindak lanjutnya, atau serahkan bila bukan wewenang OPD Anda.",
         Link(ui.COMPLAINTS, "Buka daftar aduan", {})),
        ("Baca apa yang ditulis media tentang OPD Anda.", Link(ui.OFFICES, "OPD", {})),
    ),
    "admin": (
        ("Periksa sumber: yang rusak atau ditolak dapat dicoba lagi dari halaman ini.",
         Link(ui.SOURCES, "Sumber & kesehatan", {})),
        ("Atur siapa yang menerima peringatan, dan berapa peringatan palsu yang masih wajar.",
         Link(ui.SETTINGS, "Pengaturan", {})),
        ("Buat akun untuk tiap orang dengan `pati user add` di peladen; yang dilakukan setiap akun tercatat.",
         Link(ui.SETTINGS, "Daftar pengguna", {})),
    ),
}  # fmt: skip
"""What to do first, and where."""


def draw() -> None:
    """The panel, or the way back to it."""
    where, who = data.settings(), data.viewer()
    remembered = where.access == "sign_in"
    shown = st.session_state.get(_HERE)
    if shown is None or shown[0] != who.role:
        shown = (who.role, not (remembered and has_seen(where.home, who)))
        st.session_state[_HERE] = shown
    if not shown[1]:
        st.sidebar.button(
            "Panduan singkat", icon=":material/help:", type="tertiary", on_click=_open, args=(who.role,)
        )
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown("**Baru di sini? Tiga langkah pertama**")
        for number, (words, link) in enumerate(STEPS[who.role], 1):
            st.markdown(f"{number}. {words}")
            link.draw()
        if st.button("Mengerti, sembunyikan", icon=":material/check:", type="tertiary"):
            if remembered:
                put_away(where.home, who)
            st.session_state[_HERE] = (who.role, False)
            st.rerun()


def _open(role: Role) -> None:
    st.session_state[_HERE] = (role, True)
