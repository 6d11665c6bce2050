"""Who may come in through an OpenID provider, and as whom."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from config.base import Strict

PLAIN_ROLES = ("analis", "pimpinan", "admin")
OFFICE = "opd:"


def _role(value: str) -> str:
    if value not in PLAIN_ROLES and not (value.startswith(OFFICE) and value.removeprefix(OFFICE)):
        raise ValueError(f"peran '{value}' tidak dikenal; pilih analis, pimpinan, admin, atau opd:<id OPD>")
    return value


class RoleRule(Strict):
    """Whom one line lets in.

    Attributes:
        email: the address the provider vouches for, in small letters.
        group: or a group the provider says they are in.
        role: ``analis``, ``pimpinan``, ``admin`` or ``opd:<id>``.
    """

    email: str | None = Field(default=None, min_length=3)
    group: str | None = Field(default=None, min_length=1)
    role: Annotated[str, AfterValidator(_role)]

    @model_validator(mode="after")
    def _one(self) -> "RoleRule":
        if (self.email is None) == (self.group is None):
            raise ValueError("tulis email atau group, salah satu saja")
        return self


class Oidc(Strict):
    """Signing in through an OpenID provider; its address and secrets are Streamlit's (`secrets.toml`).

    Attributes:
        enabled: offer it.
        provider: section ``[auth.<provider>]`` of the secrets; None: ``[auth]`` itself.
        groups_claim: where the provider lists groups.
        unverified_email: ``refuse``: an address counts only if the provider says it is verified;
            ``accept``: also if it says nothing about it (never if it says it is not).
        roles: who is let in; the first line that fits counts, nobody else comes in.
    """

    enabled: bool = False
    provider: str | None = Field(default=None, pattern=r"^[a-z0-9-]+$")
    groups_claim: str = "groups"
    unverified_email: Literal["refuse", "accept"] = "refuse"
    roles: tuple[RoleRule, ...] = ()

    def role_of(self, email: str | None, groups: Collection[str]) -> str | None:
        """The role of somebody with this verified address and these groups; None: not let in."""
        address = email.lower() if email else None
        for rule in self.roles:
            if (rule.email is not None and rule.email.lower() == address) or rule.group in groups:
                return rule.role
        return None


class Access(Strict):
    """``access.yaml``.

    Attributes:
        oidc: signing in through an OpenID provider.
    """

    oidc: Oidc = Oidc()
