"""Hand one message to a mail server, and know what became of it: taken, refused, or nobody can tell."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS: Final = 60.0
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_PORTS: Final = {"smtp": 587, "smtps": 465}


class ServerError(ValueError):
    """The mail server is not told in a way that can be used; one Indonesian sentence without its secrets."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server.

    Attributes:
        host: its name.
        port: its port.
        tls: ``implicit`` from the first byte, ``starttls``, or ``none``.
        user: who signs in; empty: nobody.
        password: with what.
    """

    host: str
    port: int
    tls: Literal["implicit", "starttls", "none"]
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the secrets."""
        return f"Server({self.host}:{self.port}, {self.tls})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try.

    Attributes:
        state: ``sent``: taken; ``failed``: certainly not; ``unsure``: nobody can know.
        detail: why, without addresses.
        lasting: another try in the same run would fail the same way.
    """

    state: Literal["sent", "failed", "unsure"]
    detail: str = ""
    lasting: bool = False


def server_of(url: str, name: str) -> Server:
    """Read ``smtps://NAME:PASSWORD@HOST:PORT`` or ``smtp://…``. Pure.

    Args:
        url: the secret.
        name: what it is called, for the sentence.

    Raises:
        ServerError: it cannot be used.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in _PORTS or not host:
        raise ServerError(f"{name} belum berisi peladen surat; tulis seperti smtps://NAMA:SANDI@PELADEN.")
    plain = host in _LOOPBACK or parse_qs(parts.query).get("starttls") == ["never"]
    tls: Literal["implicit", "starttls", "none"] = (
        "implicit" if parts.scheme == "smtps" else "none" if plain else "starttls"
    )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and tls == "none" and host not in _LOOPBACK:
        raise ServerError(f"{name} mengirim sandi tanpa enkripsi; pakai smtps:// atau hapus starttls=never.")
    return Server(host, port or _PORTS[parts.scheme], tls, user, password)


def hand_over(server: Server, message: EmailMessage, sender: str, to: str) -> Outcome:
    """Give a message for one receiver to the server.

    Only the time between the first byte of the message and the server's answer to it is in doubt: what
    breaks before that has certainly not arrived, what breaks in it may have.

    Args:
        server: where.
        message: with all its headers.
        sender: address of the envelope.
        to: same.
    """
    written = message.as_bytes(policy=SMTP)
    handed = False
    try:
        with closing(_opened(server)) as smtp:
            for code, said in (smtp.mail(sender), smtp.rcpt(to)):
                if code not in (250, 251):
                    return _refused(code, said)
            handed = True
            code, said = smtp.data(written)
            if code != 250:
                return _refused(code, said)
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            return Outcome("sent")
    except smtplib.SMTPResponseException as problem:
        return _refused(problem.smtp_code, problem.smtp_error)
    except (smtplib.SMTPException, OSError) as problem:
        kind = type(problem).__name__
        if handed:
            return Outcome("unsure", f"sambungan putus sebelum peladen menjawab ({kind})")
        return Outcome("failed", f"peladen surat tidak dapat dipakai ({kind})")


def _opened(server: Server) -> smtplib.SMTP:
    if server.tls == "implicit":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _refused(code: int, said: bytes | str) -> Outcome:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    # an address that the server repeats stands nowhere in the lake
    kept = " ".join("…" if "@" in word else word for word in words.split())
    return Outcome("failed", f"ditolak peladen surat: {code} {kept}"[:200], lasting=code >= 500)
