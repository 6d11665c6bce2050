"""Who is told about alerts: addresses are put in and taken out here, and never shown."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from config.secret_file import SecretFileError, change_secret, read_secrets
from dashboard import data, people, recording, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.settings import SettingsError
from warehouse.access import AccessError

SAID: Final = "penerima_pesan"
SERVICES: Final = {
    "mailto": "e-mail", "mailtos": "e-mail", "tgram": "Telegram", "slack": "Slack", "discord": "Discord",
    "msteams": "Microsoft Teams", "matrix": "Matrix", "matrixs": "Matrix", "json": "kait web (JSON)",
    "jsons": "kait web (JSON)", "ntfy": "ntfy", "ntfys": "ntfy", "whatsapp": "WhatsApp",
}  # fmt: skip
"""Kinds of services in words, by the beginning of the address; the others go by that beginning."""
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Receiver:
    """One receiver, without its address.

    Attributes:
        name: of the secret that holds it.
        nth: its place there, from 0.
        service: kind of service in words.
        fixed: whether it comes from the environment and cannot be changed here.
    """

    name: str
    nth: int
    service: str
    fixed: bool


def file() -> Path:
    """Where the secrets of this home are."""
    return data.settings().home / "keys" / "rahasia.env"


def listed(names: tuple[str, ...]) -> tuple[list[Receiver], str | None]:
    """The receivers in force, and what is wrong with the file of secrets."""
    kept, problem = read_secrets(file())
    found = []
    for name in names:
        fixed = bool(os.environ.get(name))
        value = os.environ.get(name) or kept.get(name, "")
        found += [Receiver(name, nth, service_of(one), fixed) for nth, one in enumerate(value.split())]
    return found, problem


def service_of(address: str) -> str:
    """What kind of service an address is of; nothing else of it. Pure."""
    kind, sign, _ = address.partition("://")
    if not sign or not kind.isalnum():
        return "alamat yang tidak dikenali"
    return SERVICES.get(kind.lower(), kind.lower()[:20])


def is_usable(address: str) -> bool:
    """Whether apprise knows how to send to an address."""
    with warnings.catch_warnings():  # apprise imports a module of Python that is deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise

        return apprise.Apprise.instantiate(address, suppress_exceptions=True) is not None


def add(name: str, address: str) -> None:
    """Add a receiver; the log says of what kind, never where.

    Raises:
        AccessError: not by whoever is signed in.
        SettingsError: this dashboard may not write.
        SecretFileError: the file of secrets cannot be used.
        ValueError: no address (one Indonesian sentence, without it).
        OSError: the file cannot be written.
    """
    _refuse(name)
    address = address.strip()
    if not address or any(letter.isspace() for letter in address) or not is_usable(address):
        raise ValueError(
            "Alamat ini tidak dikenali; tulis seperti mailtos://… atau tgram://…, satu alamat tanpa spasi."
        )

    def more(before: str) -> str:
        if address in before.split():
            raise ValueError("Alamat ini sudah terdaftar.")
        return f"{before} {address}".strip()

    change_secret(file(), name, more)
    data.note("settings", name, f"receiver added: {service_of(address)}")


def remove(one: Receiver, n: int) -> None:
    """Take a receiver out; raises as `add`.

    Args:
        one: which.
        n: how many its secret held when it was chosen: not another one is taken out in its place.
    """
    _refuse(one.name)

    def less(before: str) -> str:
        kept = before.split()
        if len(kept) != n or service_of(kept[one.nth]) != one.service:
            raise ValueError("Daftar penerima baru saja berubah; periksa lagi, lalu ulangi.")
        return " ".join(kept[: one.nth] + kept[one.nth + 1 :])

    change_secret(file(), one.name, less)
    data.note("settings", one.name, f"receiver removed: {one.service}")


def _refuse(name: str) -> None:
    data.admit("settings", name)
    if people.current("settings") is None:
        raise SettingsError(recording.READ_ONLY)
    if os.environ.get(name):
        raise SettingsError(f"{name} diatur lewat variabel lingkungan peladen; ubahlah di sana.")


def draw(*, writing: bool) -> None:
    """The section of the page."""
    st.header("Penerima peringatan", help=terms.SETTINGS_RECEIVERS, anchor=False)
    names = data.config().alerts.delivery.to
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    found, problem = listed(names)
    if problem:
        st.error(text.markdown(f"{problem}.", 400), icon=":material/error:")
    if found:
        st.caption(f"n = {fmt.count(len(found), 'penerima')}; alamatnya rahasia dan tidak ditampilkan.")
        ui.table({"Penerima": [_named(one) for one in found], "Jenis": [one.service for one in found]})
    else:
        ui.empty("Belum ada penerima", "Peringatan hanya tampil di dasbor sampai ada penerima.")
    if not writing or problem:
        return
    _adding(names)
    _removing([one for one in found if not one.fixed], found)


def _named(one: Receiver) -> str:
    return f"{one.name}, ke-{one.nth + 1}" + (" (dari lingkungan peladen)" if one.fixed else "")


def _adding(names: tuple[str, ...]) -> None:
    with st.form("penerima_baru", clear_on_submit=True):
        name = st.selectbox("Simpan pada", names) if len(names) > 1 else next(iter(names), None)
        address = st.text_input(
            "Alamat penerima", type="password", max_chars=LONGEST, autocomplete="off",
            help="E-mail: mailtos://NAMA:SANDI@PELADEN?to=PENERIMA. Telegram: tgram://TOKEN/ID. "
            "Bentuk lain: docs/alerts.md.",
        )  # fmt: skip
        sent = st.form_submit_button("Tambah penerima", icon=":material/add:", disabled=name is None)
    if sent and name:
        _do(lambda: add(name, address), f"Penerima ditambahkan: {service_of(address.strip())}.")


def _removing(able: list[Receiver], found: list[Receiver]) -> None:
    if not able:
        return
    with st.form("penerima_hapus"):
        chosen = st.selectbox(
            "Penerima yang dihapus",
            range(len(able)),
            format_func=lambda index: f"{_named(able[index])}: {able[index].service}",
            index=None,
            placeholder="Pilih",
        )
        sent = st.form_submit_button("Hapus penerima", icon=":material/delete:")
    if sent and chosen is None:
        st.error("Pilih dahulu penerimanya.", icon=":material/error:")
    elif sent and chosen is not None:
        one = able[chosen]
        n = len([other for other in found if other.name == one.name])
        _do(lambda: remove(one, n), f"Penerima dihapus: {one.service}.")


def _do(work: Callable[[], None], said: str) -> None:
    try:
        work()
    except (ValueError, SecretFileError, SettingsError, AccessError, OSError) as problem:
        st.error(text.markdown(problem, 400), icon=":material/error:")
        return
    st.session_state[SAID] = said
    st.rerun()
