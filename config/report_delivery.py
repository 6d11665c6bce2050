"""How the weekly report leaves the house: to whom, by which server, and from what hour on."""

from datetime import time
from typing import Annotated

from pydantic import Field, StringConstraints

from config.base import EnvName, Strict
from config.days import Clock, Weekday

Positive = Annotated[int, Field(ge=1, le=100)]
Mailbox = Annotated[str, StringConstraints(pattern=r"^[!-?A-~]+@[A-Za-z0-9.-]+$", max_length=200)]
Ending = Annotated[str, StringConstraints(pattern=r"^\.[a-z0-9.]+$")]


class ReportDelivery(Strict):
    """``delivery`` of ``report.yaml``.

    Attributes:
        to: names of secrets, each holding receivers separated by spaces: e-mail addresses, or addresses as
            apprise writes them.
        smtp: name of the secret that holds the mail server, ``smtps://NAME:PASSWORD@HOST``.
        sender: the address that mail comes from.
        day: weekday from which on `pati report send --due` sends the last week's report.
        time: hour of that day (WIB).
        attach: which files of an edition are attached, by their endings.
        attempts: tries in one run.
        pause_seconds: before the second try; doubled before each further one.
        give_up_days: so long after `day` and `time` a failed delivery is tried again by `--due`.
    """

    to: tuple[EnvName, ...] = ("PATI_REPORT_TO",)
    smtp: EnvName = "PATI_REPORT_SMTP"
    sender: Mailbox = "pati-maju@localhost"
    day: Weekday = "senin"
    time: Clock = time(7, 0)
    attach: tuple[Ending, ...] = (".pdf",)
    attempts: Positive = 3
    pause_seconds: Annotated[float, Field(ge=0, le=600)] = 5.0
    give_up_days: Positive = 5
