"""Commands that look at one input without touching the lake: classify, extract."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.shared import FAILED, Json, console, errors, failing, print_json, say_error, settings_of
from pipelines.progress import bars

KINDS = ("complaint", "news", "social", "comment")
SCOPES = ("pati_only", "general")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(help="Beri label pada teks: JSONL masuk, JSONL keluar.")(classify)
    app.command(help="Ambil judul, isi, tanggal, dan penulis dari berkas HTML.")(extract)


def classify(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="INPUT.jsonl", help="Satu objek JSON per baris.")],
    output: Annotated[Path | None, typer.Option("--output", help="Berkas hasil; tanpa ini ke layar.")] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Tanpa encoder: jauh lebih cepat, sedikit kurang tepat.")
    ] = False,
) -> None:
    """Label each line of a JSON Lines file (id, text, and optionally title, kind, source).

    A line that cannot be read is named on standard error and left out; the exit status is
    then 1, and all other lines are labelled all the same.
    """
    from pipelines.classify import label_lines

    settings = settings_of(context)
    with failing(), bars(errors) as shown:
        problems: list[str] = []
        rows = _read(source, problems)
        lines = [_line(row) for row in label_lines(settings, rows, shown, encoder=not fast)]
        text = "".join(line + "\n" for line in lines)
        if output:
            output.write_text(text, encoding="utf-8")
            console.print(f"{len(lines)} teks diberi label, {len(problems)} baris ditolak: {output}")
        else:
            typer.echo(text, nl=False)
    for problem in problems:
        say_error(problem)
    if problems:
        raise typer.Exit(FAILED)


def _line(row: dict[str, Any]) -> str:
    """One line of JSON Lines, also for readers that take other characters for line ends."""
    text = jsonlib.dumps(row, ensure_ascii=False)
    for mark in ("\u2028", "\u2029", "\x85"):
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _read(path: Path, problems: list[str]) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            row = jsonlib.loads(line)
        except ValueError as err:
            problems.append(f"{path} baris {number}: bukan JSON ({err}).")
            continue
        problem = _problem(row)
        if problem:
            problems.append(f"{path} baris {number}: {problem}.")
        else:
            rows.append(row)
    return rows


def _lines(path: Path) -> Iterator[str]:
    # Only "\n" ends a line: JSON text may contain other line separators.
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            if line.strip():
                yield line


def _problem(row: Any) -> str | None:  # noqa: ANN401 - anything may stand in the file
    if not isinstance(row, dict):
        return "bukan objek JSON"
    if "id" not in row or not isinstance(row.get("text"), str):
        return "perlu kunci 'id' dan 'text' (teks)"
    if row.get("kind", "complaint") not in KINDS:
        return f"'kind' harus salah satu dari {', '.join(KINDS)}"
    if row.get("source", "general") not in SCOPES:
        return f"'source' harus salah satu dari {', '.join(SCOPES)}"
    return None


def extract(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.html")],
    url: Annotated[str, typer.Option("--url", help="Alamat asal halaman.")],
    json: Json = False,
) -> None:
    """Read one saved page as the crawler would."""
    from crawlers.extract import extract_article

    settings = settings_of(context)
    with failing():
        article = extract_article(file.read_bytes(), url, now=settings.now())
    found = {name: getattr(article, name) for name in article.__dataclass_fields__}
    if json:
        print_json(found)
        return
    for name, value in found.items():
        console.print(f"{name}: {value}", markup=False)
