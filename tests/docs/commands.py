"""Is this a command that the program and the Makefile have, with options that it knows?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer

from pipelines.cli.app import complete, hoist
from tests.conftest import ROOT


@cache
def root() -> Any:
    """The command tree of `pati`."""
    return typer.main.get_command(complete())


@cache
def targets() -> frozenset[str]:
    """Targets of the Makefile that stand for themselves."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([a-z-]+):(?!=)", text, re.MULTILINE))


@cache
def variables() -> frozenset[str]:
    """Variables that the Makefile asks for."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"\$\(?(?:or |if |filter [^,]*,)*\$?\(?([A-Z_]+)", text))


def wrong_make(words: Sequence[str]) -> str | None:
    """What is wrong with ``make …``, or None."""
    rest = words[3:] if words[1:2] == ["-C"] else words[1:]
    for word in rest:
        name, sign, _ = word.partition("=")
        if sign and name not in variables():
            return f"the Makefile has no variable {name}"
        if not sign and not word.startswith(("-", "…")) and name not in targets():
            return f"the Makefile has no target {name}"
    return None


def wrong_pati(words: Sequence[str]) -> str | None:
    """What is wrong with ``pati …`` as it would be run, or None: nothing is run, only parsed.

    Args:
        words: as the shell would hand them over, `pati` included.
    """
    context = root().make_context("pati", hoist(list(words[1:])))
    command = root()
    while hasattr(command, "resolve_command"):
        rest = [*context._protected_args, *context.args]
        if not rest:
            return None if command.invoke_without_command else "a command is missing"
        try:
            name, command, rest = command.resolve_command(context, rest)
            context = command.make_context(name, rest, parent=context)
        except typer.Exit:
            return None
        except Exception as problem:  # noqa: BLE001 - click's errors are not exported by typer
            return str(getattr(problem, "message", None) or problem)
    return None


def wrong_mention(words: Sequence[str]) -> str | None:
    """What is wrong with a ``pati …`` named in a sentence: its words and options only, or None."""
    command, known = root(), _options(root())
    for word in words[1:]:
        if word.startswith("--"):
            name = word.partition("=")[0].rstrip("…,.")
            if name not in known:
                return f"no option {name}"
        elif hasattr(command, "commands"):
            if word not in command.commands:
                return f"no command {word}" if re.fullmatch(r"[a-z-]+", word) else None
            command = command.commands[word]
            known |= _options(command)
    return None


def _options(command: Any) -> set[str]:
    found = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    return found | {"--help"}
