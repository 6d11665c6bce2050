"""Which column of somebody's export holds what: a file that is handed over with the import."""

from typing import Generic, Literal, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.base import Id, Phrase, Strict, Text, Zone
from config.complaints import StatusId

DateOrder = Literal["dmy", "mdy"]
SocialField = Literal[
    "id", "platform", "account", "account_id", "date", "time", "title", "text", "url", "likes",
    "comments", "shares", "views",
]  # fmt: skip
ComplaintField = Literal[
    "ticket", "date", "time", "name", "nik", "phone", "title", "text", "kind", "category", "privacy",
    "channel", "agency", "status", "reason", "kecamatan", "desa", "rating", "answered", "closed", "reply",
]  # fmt: skip
F = TypeVar("F", bound=str)


class ColumnMap(Strict, Generic[F]):
    """A map of somebody's table.

    Attributes:
        columns: our word for a field to the name of its column, as it stands in the header.
        date_order: order of day and month in dates like 05/09/2024; read off the column if not given.
        timezone: zone of times that carry none.
    """

    columns: dict[F, Text]
    date_order: DateOrder | None = None
    timezone: Zone = "Asia/Jakarta"

    @model_validator(mode="after")
    def _complete(self) -> "ColumnMap[F]":
        if not any(field == "text" for field in self.columns):
            raise PydanticCustomError(
                "no_text_column", "'columns' harus memuat 'text': kolom isinya", {"key": "columns"}
            )
        names: dict[str, str] = {}
        for field, name in self.columns.items():
            if name in names:
                raise PydanticCustomError(
                    "column_twice",
                    "kolom '{name}' dipakai untuk '{first}' dan '{second}'",
                    {"key": field, "name": name, "first": names[name], "second": field},
                )
            names[name] = field
        return self


class SocialMap(ColumnMap[SocialField]):
    """A map of a table of posts, as commercial tools export them.

    Attributes:
        platform: platform of all rows, where no column says it.
    """

    platform: Text | None = None


class ComplaintMap(ColumnMap[ComplaintField]):
    """A map of a table of complaints.

    Attributes:
        channel: id of the channel of all rows, where no column says it.
        statuses: words of the status column that `complaints.yaml` does not know.
    """

    channel: Id | None = None
    statuses: dict[Phrase, StatusId] = Field(default_factory=dict)
