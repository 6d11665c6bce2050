"""What the register says, in the shapes it is shown in. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.metrics.register import Metric, metric

_HEAD = """# Angka

Setiap angka dasbor dan laporan, satu definisi masing-masing. Berkas ini dibuat dari
`warehouse/metrics/*.yaml` dengan `pati metrics docs`; jangan disunting. Baris mana pun dapat dibuka
sampai dokumennya: `warehouse.queries.drill`.
"""


def tooltip(metric_id: str) -> str:
    """What a number means, in a few plain sentences.

    Raises:
        KeyError: there is no such number.
    """
    one = metric(metric_id)
    return " ".join((one.formula, one.caveat, *least(one)))


def footnote(metric_id: str) -> str:
    """The same for print: name, formula, limits and unit in one paragraph.

    Raises:
        KeyError: there is no such number.
    """
    one = metric(metric_id)
    code = f" ({one.code})" if one.code else ""
    return f"{one.name}{code}: {tooltip(metric_id)} Satuan: {one.unit}; pembagi: {one.denominator}."


def least(one: Metric) -> tuple[str, ...]:
    """The sentence on too small numbers, if there is such a limit."""
    return (f"Tidak ditampilkan bila kurang dari {one.min_n}.",) if one.min_n else ()


def document(every: Iterable[Metric], *, head: bool = True) -> str:
    """Numbers as Markdown; with all of them and the head: ``docs/metrics.md``."""
    return "\n".join([*([_HEAD] if head else []), *(_entry(one) for one in every)])


def _entry(one: Metric) -> str:
    code = f"{one.code} · " if one.code else ""
    fixed = "".join(f", {key} = {value}" for key, value in one.where.items())
    grain = ", ".join(one.grain) or "satu baris"
    counted = f"{one.drill.view}" + (f" ({one.drill.only})" if one.drill.only else "")
    least_n = str(one.min_n) if one.min_n else "tanpa batas"
    rows = (
        ("Rumus", one.formula), ("Satuan", one.unit), ("Pembagi", one.denominator), ("n terkecil", least_n),
        ("Catatan", one.caveat), ("Tempat", f"`{one.mart}.{one.column}`, n = `{one.n}`{fixed}"),
        ("Per", grain), ("Dokumen di baliknya", f"`{counted}`"), ("Sumber", one.source),
    )  # fmt: skip
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"## {code}{one.name}\n\n`{one.id}`\n\n| | |\n|---|---|\n{table}\n"
