"""Complaint channels, what their status words mean, what counts as a reply, and the deadlines."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.base import Dated, Id, Phrase, Strict, Text

StatusId = Literal[
    "baru",
    "terverifikasi",
    "didisposisi",
    "diproses",
    "dibalas",
    "ditanggapi_pelapor",
    "selesai_admin",
    "selesai_sistem",
    "ditunda",
    "arsip",
    "bukan_wewenang",
    "tidak_layak",
]
Phase = Literal["open", "closed", "rejected"]


class Channel(Dated):
    """One way in for complaints.

    Attributes:
        id: stable key.
        name: as shown to people.
        aliases: other names in use.
        note: what is known.
    """

    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    note: str = ""


class Status(Strict):
    """One normalised status.

    Attributes:
        id: one of the twelve.
        label: as shown to people.
        phase: ``open`` counts in the backlog; ``closed`` as resolved; ``rejected`` (archive, not
            ours, not fit) in neither.
        raw: the channels' own words for it.
    """

    id: StatusId
    label: Text
    phase: Phase
    raw: tuple[Phrase, ...] = ()


class Sla(Dated):
    """One deadline.

    Attributes:
        id: stable key.
        channel: id of the channel it holds for; None for every channel.
        step: what must have happened by then.
        label: as shown to people.
        days: the limit.
        unit: working days (weekends, holidays and cuti bersama excluded) or calendar days.
        status: ``verify`` while the source has not been seen in force.
        note: where it is from.
    """

    id: Id
    channel: Id | None = None
    step: Literal["verify", "answer", "resolve", "resolve_inspection", "auto_close"]
    label: Text
    days: Annotated[int, Field(gt=0)]
    unit: Literal["working", "calendar"] = "working"
    status: Literal["confirmed", "verify"] = "verify"
    note: str = ""


class Chat(Strict):
    """How the answering desk of a chat is known, and what its messages mean.

    Attributes:
        desk: words in the display name of the desk.
        acknowledged: phrases of a message that only says the report went on to an office.
        done: phrases of a message that says the case is solved; they win over `acknowledged`.
            Any other message of the desk is an answer.
        burst_minutes: what one sender writes without a longer pause is one complaint.
    """

    desk: tuple[Phrase, ...]
    burst_minutes: Annotated[int, Field(gt=0)] = 30
    acknowledged: tuple[Phrase, ...] = ()
    done: tuple[Phrase, ...] = ()

    def meaning(self, text: str) -> StatusId:
        """The status that a message of the desk gives a complaint."""
        low = text.lower()
        if any(phrase in low for phrase in self.done):
            return "selesai_admin"
        if any(phrase in low for phrase in self.acknowledged):
            return "didisposisi"
        return "dibalas"


class Automatic(Strict):
    """How an automatic acknowledgement is known: it is no reply.

    Attributes:
        actors: who writes such messages; the whole name must be the same.
        phrases: phrases of such messages.
    """

    actors: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()


ReplyKind = Literal["reply", "with_note", "implied"]


class Replies(Strict):
    """Which steps answer the reporter.

    Attributes:
        statuses: the step itself is an answer, at its own time.
        with_note: the step is an answer if something was written with it.
        implied: an answer came before the step, nobody knows when.
        automatic: what looks like an answer and is none.
    """

    statuses: tuple[StatusId, ...]
    with_note: tuple[StatusId, ...] = ()
    implied: tuple[StatusId, ...] = ()
    automatic: Automatic = Automatic()

    @model_validator(mode="after")
    def _each_status_once(self) -> "Replies":
        listed = (*self.statuses, *self.with_note, *self.implied)
        if twice := next((status for status in listed if listed.count(status) > 1), None):
            message = "status '{status}' disebut di lebih dari satu daftar balasan"
            raise PydanticCustomError("reply_twice", message, {"key": "replies", "status": twice})
        return self

    def kind(self, status: str) -> ReplyKind | None:
        """What a status says about an answer to the reporter; None: nothing."""
        if status in self.statuses:
            return "reply"
        if status in self.with_note:
            return "with_note"
        return "implied" if status in self.implied else None


class Admins(Strict):
    """How many people answer complaints in an office.

    Attributes:
        per_opd: in an office that is not named.
        own: by id of the office; 0 where nobody does.
    """

    per_opd: Annotated[int, Field(ge=0)] = 1
    own: dict[Id, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)

    def of(self, opd: str) -> int:
        """The number of admins of an office."""
        return self.own.get(opd, self.per_opd)


class Complaints(Strict):
    """``complaints.yaml``.

    Attributes:
        channels: the channels, past and present.
        statuses: the normalised statuses.
        sla: the deadlines.
        classifications: LAPOR's kinds of report, word to normalised key.
        replies: which steps answer the reporter.
        chat: the answering desk in chat exports.
        admins: people who answer.
    """

    channels: tuple[Channel, ...]
    statuses: tuple[Status, ...]
    sla: tuple[Sla, ...]
    classifications: dict[Phrase, Literal["pengaduan", "aspirasi", "informasi", "wbs"]] = Field(
        default_factory=dict
    )
    replies: Replies
    chat: Chat
    admins: Admins = Admins()

    @property
    def status(self) -> dict[str, StatusId]:
        """Raw status word (lower case) to normalised status."""
        return {raw: status.id for status in self.statuses for raw in status.raw}

    def normalise_status(self, raw: str) -> StatusId | None:
        """The normalised status of a channel's own word, or None if the word is not known.

        Case and surplus spaces do not matter. An unknown word is for the caller to report:
        guessing would count a case as solved that is not.
        """
        return self.status.get(" ".join(raw.split()).lower())

    def deadline(self, step: str, channel: str | None, day: date) -> Sla | None:
        """The deadline in force on `day` for `step`: the channel's own before the general one.

        `day` is the day the complaint came in (WIB). None if there is no such deadline.
        """
        valid = [sla for sla in self.sla if sla.step == step and sla.valid_on(day)]
        own = [sla for sla in valid if sla.channel == channel]
        return next(iter((*own, *(sla for sla in valid if sla.channel is None))), None)
