"""Why a platform gave nothing, in words that are the same for all of them."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "switched_off", "token_missing", "token_expired", "token_invalid", "forbidden", "rate_limited",
    "spend_cap", "hashtag_budget", "not_found", "bad_request", "stale_mark", "server_error",
    "unreachable", "too_large", "bad_answer", "refused",
]  # fmt: skip

SENTENCES: dict[Reason, str] = {
    "switched_off": "{label} tidak diaktifkan; lihat bagian '{name}' di social.yaml.",
    "token_missing": "Token {label} belum ada: {detail}.",
    "token_expired": "Token {label} kedaluwarsa; buat token baru dan ganti isi {env}.",
    "token_invalid": "Token {label} ditolak; periksa isi {env}.",
    "forbidden": "{label} tidak memberi izin untuk ini{detail}; periksa izin aplikasi dan akunnya.",
    "rate_limited": "{label} meminta jeda; dilanjutkan setelah pukul {until} WIB.",
    "spend_cap": "Batas biaya {label} bulan ini tercapai ({detail}); ubah monthly_cap_usd di social.yaml.",
    "hashtag_budget": "Jatah tagar {label} 7 hari ini habis ({detail}); tagar ini menunggu.",
    "not_found": "{label} tidak mengenal akun atau unggahan ini; periksa id-nya di sources.yaml.",
    "bad_request": "{label} tidak menerima permintaan ini{detail}; periksa kueri atau id di sources.yaml.",
    "stale_mark": "{label} sudah melupakan tempat pembacaan terakhir; dibaca dari awal.",
    "server_error": "Server {label} sedang bermasalah; dicoba lagi pada putaran berikutnya.",
    "unreachable": "{label} tidak dapat dihubungi; periksa sambungan internet.",
    "too_large": "Jawaban {label} lebih besar daripada max_bytes di social.yaml.",
    "bad_answer": "Jawaban {label} tidak dapat dibaca; mungkin API-nya berubah.",
    "refused": "Alamat API {label} ditolak pengaman jaringan; periksa endpoint dan hosts di social.yaml.",
}
_PLATFORM = {
    "switched_off", "token_missing", "token_expired", "token_invalid", "rate_limited", "spend_cap",
    "unreachable", "refused",
}  # fmt: skip
_PATIENT = {"rate_limited", "spend_cap", "hashtag_budget"}
_PASSING = {"server_error", "unreachable", "bad_answer"}


class SocialProblemError(Exception):
    """A platform gave nothing.

    Attributes:
        reason: why, the same word for every platform.
        wait: seconds that it asked for; None if it did not say.
        detail: an addition for people, never with a token or an address in it.
    """

    def __init__(self, reason: Reason, *, wait: float | None = None, detail: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.wait, self.detail = wait, detail

    @property
    def ends_platform(self) -> bool:
        """Whether the platform would refuse everything else in this run too."""
        return self.reason in _PLATFORM

    @property
    def waits(self) -> bool:
        """Whether there is nothing wrong but the pace or the price: it goes on by itself later."""
        return self.reason in _PATIENT

    @property
    def passing(self) -> bool:
        """Whether the same request may work in a moment."""
        return self.reason in _PASSING

    def sentence(self, label: str, name: str, env: str, until: str = "") -> str:
        """Say it to people.

        Args:
            label: the platform as people call it.
            name: its section in ``social.yaml``.
            env: name of the variable with its token.
            until: when it goes on, ``HH.MM`` in WIB.
        """
        text = SENTENCES[self.reason]
        return text.format(label=label, name=name, env=env, until=until, detail=self.detail)
