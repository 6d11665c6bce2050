"""What YouTube says when it refuses, and what to do about it: by its reason, not its status."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

BAD_ANSWER = "badAnswer"
"""Our own word: what came is not what the API documents."""

Reach = Literal["day", "run", "source", "video"]
"""What is useless from now on: calls until the quota is filled up, calls in this run, this
source, this video."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a reason stands for.

    Attributes:
        reach: how far it reaches.
        sentence: for people; ``{reason}`` and ``{reset}`` (time in WIB) are filled in.
        passing: the same call may work in a moment.
    """

    reach: Reach
    sentence: str
    passing: bool = False


_SPENT = Meaning("day", "Kuota YouTube hari ini habis ({reason}); dilanjutkan setelah pukul {reset} WIB.")
_HASTY = Meaning("run", "YouTube meminta jeda ({reason}); dilanjutkan pada putaran berikutnya.", passing=True)
_WRONG_KEY = Meaning("run", "Kunci API YouTube tidak sah ({reason}); buat atau salin ulang di Google Cloud.")
_SERVICE = Meaning(
    "run",
    "Kunci API YouTube tidak boleh memakai YouTube Data API ({reason}); "
    "aktifkan API itu atau longgarkan pembatasan kunci di Google Cloud.",
)
_PLACE = Meaning(
    "run",
    "Kunci API YouTube dibatasi pada alamat lain ({reason}); sesuaikan pembatasan kunci di Google Cloud.",
)
_DOWN = Meaning("source", "Server YouTube sedang bermasalah ({reason}); dicoba lagi nanti.", passing=True)
_AWAY = Meaning("run", "API YouTube tidak dapat dihubungi; periksa sambungan internet.", passing=True)

MEANINGS: dict[str, Meaning] = {
    "quotaExceeded": _SPENT,
    "dailyLimitExceeded": _SPENT,
    "rateLimitExceeded": _HASTY,
    "userRateLimitExceeded": _HASTY,
    "keyInvalid": _WRONG_KEY,
    "keyExpired": _WRONG_KEY,
    "API_KEY_INVALID": _WRONG_KEY,
    "API_KEY_SERVICE_BLOCKED": _SERVICE,
    "accessNotConfigured": _SERVICE,
    "SERVICE_DISABLED": _SERVICE,
    "forbidden": _SERVICE,
    "ipRefererBlocked": _PLACE,
    "API_KEY_IP_ADDRESS_BLOCKED": _PLACE,
    "API_KEY_HTTP_REFERRER_BLOCKED": _PLACE,
    "channelNotFound": Meaning("source", "Kanal YouTube tidak ditemukan ({reason}); periksa id-nya."),
    "channelClosed": Meaning("source", "Kanal YouTube ini sudah ditutup."),
    "channelSuspended": Meaning("source", "Kanal YouTube ini dibekukan oleh YouTube."),
    "playlistNotFound": Meaning("source", "Daftar unggahan kanal tidak ditemukan; mungkin kanalnya ditutup."),
    "playlistItemsNotAccessible": Meaning("source", "Daftar unggahan kanal ini tidak terbuka untuk umum."),
    "commentsDisabled": Meaning("video", "Komentar video ini dimatikan."),
    "videoNotFound": Meaning("video", "Video ini sudah dihapus atau dikunci."),
    "commentNotFound": Meaning("video", "Komentar ini sudah dihapus."),
    "commentThreadNotFound": Meaning("video", "Komentar ini sudah dihapus."),
    "processingFailure": Meaning("video", "YouTube gagal menyusun komentar video ini; dicoba lagi nanti."),
    "invalidPageToken": Meaning("video", "Penanda halaman YouTube sudah tidak berlaku; dibaca dari awal."),
    "backendError": _DOWN,
    "internalError": _DOWN,
    "SERVICE_UNAVAILABLE": _DOWN,
    "unreachable": _AWAY,
    BAD_ANSWER: Meaning("source", "API YouTube menjawab dengan bentuk yang tidak dikenal."),
    "refused": Meaning("run", "Alamat API YouTube ditolak oleh pengaman jaringan; periksa crawl.yaml."),
}  # fmt: skip
_OTHER = Meaning("source", "YouTube menolak permintaan ({reason}).")
_ABOUT_ONE_VIDEO = {"commentThreads", "comments"}


class ApiProblemError(Exception):
    """The API refused; told by its reason, because one HTTP status has many meanings.

    Attributes:
        reason: the API's own word, e.g. ``quotaExceeded``.
        reach: what is useless from now on.
        sentence: for people, in Indonesian, without the key.
        passing: the same call may work in a moment.
    """

    def __init__(self, reason: str, resource: str = "", reset: str = "") -> None:
        super().__init__(reason)
        meaning = meaning_of(reason, resource)
        self.reason, self.reach, self.passing = reason, meaning.reach, meaning.passing
        self.sentence = meaning.sentence.format(reason=reason, reset=reset)

    @property
    def ends_run(self) -> bool:
        """Whether every further call of this run would meet the same refusal."""
        return self.reach in {"day", "run"}

    @property
    def waits(self) -> bool:
        """Whether there is nothing wrong but the pace: it goes on by itself later."""
        return self.reach == "day" or self.passing


def meaning_of(reason: str, resource: str = "") -> Meaning:
    """Say what a reason stands for when it comes from a resource. Pure."""
    if reason == "forbidden" and resource in _ABOUT_ONE_VIDEO:
        # the key is good enough for everything else: this video's comments are held back
        return Meaning("video", "Komentar video ini tidak terbuka untuk umum.")
    if reason.startswith("API_KEY_") and reason not in MEANINGS:
        return _SERVICE
    return MEANINGS.get(reason, _OTHER)


def reason_of(body: bytes, status: int = 0) -> str:
    """Read the reason out of an error answer, in any of the shapes the API sends.

    Args:
        body: the answer.
        status: its HTTP status, for a server that failed without saying why.
    """
    unknown = "backendError" if status >= 500 else "unknown"
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return unknown
    if isinstance(error, str):
        return error or unknown
    if not isinstance(error, dict):
        return unknown
    for name in ("details", "errors"):  # details are finer: "forbidden" there has a cause
        listed = error.get(name)
        for one in listed if isinstance(listed, list) else []:
            if isinstance(one, dict) and one.get("reason"):
                return _spelt(str(one["reason"]), one)
    return str(error.get("status") or unknown)


def _spelt(reason: str, detail: dict[str, Any]) -> str:
    """Bring Google's newer word for quotas to the older two, which tell a day from a moment."""
    if reason != "RATE_LIMIT_EXCEEDED":
        return reason
    return "dailyLimitExceeded" if "PerDay" in str(detail.get("metadata")) else "rateLimitExceeded"
