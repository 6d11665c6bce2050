"""`pati user`: accounts and the log from the command line; no password is ever an argument."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipelines.cli import users
from pipelines.cli.shared import use_settings
from warehouse.access.accounts import check

APP = typer.Typer()


@APP.callback()
def _home(context: typer.Context, home: Path) -> None:
    use_settings(context, home, None)


users.register(APP)


def pati(home: Path, *arguments: str, typed: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(APP, [str(home), "user", *arguments], input=typed)
    return done.exit_code, done.output


def test_the_life_of_an_account(tmp_path: Path) -> None:
    code, said = pati(tmp_path, "add", "Adm", "--role", "admin")
    assert code == 0
    password = said.strip().splitlines()[-1]
    assert check(tmp_path, "adm", password).must_change
    assert pati(tmp_path, "add", "dpu.admin", "--role", "opd:dputr")[0] == 0
    assert "harus ganti sandi" in pati(tmp_path, "list")[1]
    assert pati(tmp_path, "disable", "dpu.admin") == (0, "Akun dpu.admin nonaktif.\n")
    listed = json.loads(pati(tmp_path, "list", "--json")[1])
    assert [(one["user"], one["role"], one["enabled"]) for one in listed] == [
        ("adm", "admin", True),
        ("dpu.admin", "opd:dputr", False),
    ]
    assert pati(tmp_path, "enable", "dpu.admin")[0] == 0
    typed = "kuda nil menari di pematang"
    code, said = pati(tmp_path, "reset", "adm", "--typed", typed=f"{typed}\n{typed}\n")
    assert code == 0
    assert typed not in said
    assert check(tmp_path, "adm", typed).user == "adm"
    logged = json.loads(pati(tmp_path, "log", "--json")[1])
    assert [one["detail"] for one in logged][::-1] == [
        "add admin", "add opd:dputr", "disable", "enable", "reset",
    ]  # fmt: skip
    assert {one["user"] for one in logged} == {"sistem"}
    assert pati(tmp_path, "log", "--check") == (0, "Catatan akses utuh.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "x", "--role", "bupati"], "Peran 'bupati' tidak dikenal"),
        (["add", "x", "--role", "opd:tidakada"], "OPD 'tidakada' tidak ada"),
        (["add", "a b", "--role", "admin"], "Nama akun 'a b' tidak sah"),
        (["disable", "siapa"], "Akun 'siapa' tidak ada"),
        (["reset", "siapa"], "Akun 'siapa' tidak ada"),
    ],
)
def test_mistakes_are_one_sentence(tmp_path: Path, arguments: list[str], said: str) -> None:
    code, output = pati(tmp_path, *arguments)
    assert code == 1
    assert said in output
    assert output.strip().count("\n") == 0
