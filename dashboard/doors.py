"""The door: sign in, change a password that has to be changed, choose a role in the demo, leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import streamlit as st

from config.access import Oidc
from dashboard import data, signin, text
from dashboard import format as fmt
from dashboard.settings import Settings
from warehouse.access import AccessError, Viewer
from warehouse.access.accounts import RULES, SignInError, accounts, change_password
from warehouse.access.audit import add
from warehouse.access.sessions import PasswordExpiredError, sign_in

_GREETED: Final = "_disambut"
CHANGING: Final = "_ganti_sandi"
ROLES: Final = {"admin": "Admin", "analis": "Analis", "pimpinan": "Pimpinan"}
"""How roles without an office are called."""
FIRST_STEPS: Final = """
1. Buat akun admin pertama di komputer server: `pati user add NAMA --role admin`. Kata sandi sementaranya
   ditampilkan sekali.
2. Muat ulang halaman ini, masuk dengan nama dan kata sandi itu, lalu ganti kata sandinya.
"""


def gate(where: Settings) -> Viewer:
    """Let somebody in, or draw the door and stop the page here."""
    try:
        who = signin.current(where)
    except AccessError:
        _door(where)
        st.stop()
    _greet(where, who)
    _whereabouts(where, who)
    return who


def _greet(where: Settings, who: Viewer) -> None:
    """Book that somebody came in through the provider; `sign_in` books local accounts itself."""
    by_provider = where.access == "sign_in" and signin.TOKEN not in st.session_state
    if by_provider and st.session_state.get(_GREETED) != who.user:
        st.session_state[_GREETED] = who.user
        add(where.home, who, "sign_in", "", "oidc")


def role_name(who: Viewer) -> str:
    """What a role is called: ``Analis``, ``OPD: DPUTR``."""
    if who.role != "opd":
        return ROLES[who.role]
    return f"OPD: {next((opd.short for opd in data.config().opd if opd.id == who.opd), who.opd)}"


def _door(where: Settings) -> None:
    st.title("Masuk")
    oidc = signin.provider(where)
    if not accounts(where.home) and oidc is None:
        st.caption("Belum ada akun di pemasangan ini. Dua langkah untuk memulai:")
        st.markdown(FIRST_STEPS)
        st.caption("Ingin melihat-lihat dulu dengan data buatan? Jalankan `pati demo`.")
        return
    st.caption("Pati Maju hanya untuk pegawai yang diberi akun. Setiap kali masuk dicatat.")
    if oidc is not None:
        _through_provider(where, oidc)
    if accounts(where.home):
        _change(where) if CHANGING in st.session_state else _sign_in(where)


def _sign_in(where: Settings) -> None:
    with st.form("masuk", width=420):
        user = st.text_input("Nama akun", max_chars=64, autocomplete="username")
        password = st.text_input(
            "Kata sandi", type="password", max_chars=RULES.longest, autocomplete="current-password"
        )
        sent = st.form_submit_button("Masuk", icon=":material/login:")
    if not sent:
        return
    try:
        st.session_state[signin.TOKEN] = sign_in(where.home, user, password)
    except PasswordExpiredError:
        st.session_state[CHANGING] = user
    except SignInError as problem:
        st.error(text.markdown(problem, 200), icon=":material/error:")
        return
    st.rerun()


def _change(where: Settings) -> None:
    user = str(st.session_state[CHANGING])
    st.header("Ganti kata sandi")
    st.caption(
        "Kata sandi ini sementara atau sudah lama. "
        f"Paling sedikit {RULES.shortest} huruf; sebuah kalimat pun boleh."
    )
    with st.form("ganti_sandi", width=420):
        old = st.text_input("Kata sandi sekarang", type="password", autocomplete="current-password")
        new = st.text_input(
            "Kata sandi baru", type="password", max_chars=RULES.longest, autocomplete="new-password"
        )
        again = st.text_input("Ulangi kata sandi baru", type="password", autocomplete="new-password")
        sent = st.form_submit_button("Ganti dan masuk", icon=":material/key:")
    if st.button("Batal", type="tertiary"):
        del st.session_state[CHANGING]
        st.rerun()
    if not sent:
        return
    if new != again:
        st.error("Kedua kata sandi baru tidak sama.", icon=":material/error:")
        return
    try:
        change_password(where.home, user, old, new)
        st.session_state[signin.TOKEN] = sign_in(where.home, user, new)
    except (SignInError, ValueError) as problem:
        st.error(text.markdown(problem, 300), icon=":material/error:")
        return
    del st.session_state[CHANGING]
    st.rerun()


def _through_provider(where: Settings, oidc: Oidc) -> None:
    """Sign in elsewhere; whoever comes back without a role here is told so, and booked."""
    found = signin.through_provider(oidc)
    if found is None:
        if st.button("Masuk lewat akun dinas", icon=":material/login:"):
            st.login(oidc.provider)
        return
    known = found[0]
    if st.session_state.get("_tanpa_peran") != known:
        st.session_state["_tanpa_peran"] = known
        add(where.home, known, "refused", "", "oidc: no role")
    st.error(
        f"Akun {text.markdown(known, 80)} dikenal, tetapi belum diberi peran di sini; hubungi admin.",
        icon=":material/lock:",
    )
    if st.button("Keluar", icon=":material/logout:"):
        st.logout()


def _whereabouts(where: Settings, who: Viewer) -> None:
    """Who one is, and the way out; in the demo the choice of a role."""
    with st.sidebar:
        if signin.is_demo(where):
            _demo_roles(where)
            return
        st.caption(
            f":material/person: **{text.markdown(who.user, 64)}**, {text.markdown(role_name(who), 60)}"
        )
        if where.access == "open":
            st.warning(
                "Mode terbuka: siapa pun menjadi admin. Hanya untuk uji coba.", icon=":material/lock_open:"
            )
        elif st.button("Keluar", icon=":material/logout:", type="tertiary"):
            signin.leave(where)


def _demo_roles(where: Settings) -> None:
    offices = {f"opd:{opd.id}": f"OPD: {opd.short}" for opd in data.config().opd}
    st.info("**Mode demo: tanpa masuk, data buatan.**", icon=":material/science:")
    st.selectbox(
        "Lihat sebagai",
        [*ROLES, *offices],
        format_func=lambda role: ROLES.get(role) or offices[role],
        key=signin.DEMO_ROLE,
        help="Di pemasangan nyata peran melekat pada akun. Cobalah di sini siapa melihat apa.",
        on_change=lambda: add(
            where.home, "demo", "role_switched", "", str(st.session_state[signin.DEMO_ROLE])
        ),
    )


def idle_text() -> str:
    """How long a session lasts, in words."""
    minutes, hours = (int(span / timedelta(minutes=1)) for span in (RULES.idle, RULES.session_life))
    return f"{fmt.number(minutes)} menit tanpa kegiatan, paling lama {fmt.number(hours / 60)} jam"
