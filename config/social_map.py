"""Which column of somebody's export holds what: a file that is handed over with the import."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.base import Strict, Text, Zone

SocialField = Literal[
    "id", "platform", "account", "account_id", "date", "time", "title", "text", "url", "likes",
    "comments", "shares", "views",
]  # fmt: skip


class SocialMap(Strict):
    """A map of a table of posts, as commercial tools export them.

    Attributes:
        columns: our word for a field to the name of its column, as it stands in the header.
        platform: platform of all rows, where no column says it.
        date_order: order of day and month in dates like 05/09/2024; read off the column if not given.
        timezone: zone of times that carry none.
    """

    columns: dict[SocialField, Text]
    platform: Text | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    timezone: Zone = "Asia/Jakarta"

    @model_validator(mode="after")
    def _complete(self) -> "SocialMap":
        if "text" not in self.columns:
            raise PydanticCustomError(
                "no_text_column", "'columns' harus memuat 'text': kolom isi unggahan", {"key": "columns"}
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
