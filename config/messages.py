"""Pydantic's findings in Bahasa Indonesia, for people who edit YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from config.base import nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# error type -> sentence; {name} is the key, the rest comes from pydantic's own context
_SENTENCES = {
    "missing": "kunci '{name}' wajib diisi",
    "string_type": "'{name}' harus berupa teks{quote}",
    "string_too_short": "'{name}' tidak boleh kosong",
    "too_short": "'{name}' harus berisi sedikitnya {min_length} butir",
    "string_pattern_mismatch": "nilai '{value}' pada '{name}' tidak sesuai pola {pattern}",
    "int_type": "'{name}' harus berupa bilangan bulat",
    "int_parsing": "'{name}' harus berupa bilangan bulat, bukan '{value}'",
    "int_from_float": "'{name}' harus berupa bilangan bulat, bukan {value}",
    "float_type": "'{name}' harus berupa angka",
    "float_parsing": "'{name}' harus berupa angka, bukan '{value}'",
    "bool_type": "'{name}' harus true atau false",
    "bool_parsing": "'{name}' harus true atau false, bukan '{value}'",
    "tuple_type": "'{name}' harus berupa daftar (satu '- ' per baris, atau [a, b])",
    "dict_type": "'{name}' harus berupa pasangan 'kunci: nilai'",
    "model_type": "'{name}' harus berupa pasangan 'kunci: nilai'",
    "model_attributes_type": "'{name}' harus berupa pasangan 'kunci: nilai'",
    "greater_than": "'{name}' harus lebih dari {gt}, bukan {value}",
    "greater_than_equal": "'{name}' paling sedikit {ge}, bukan {value}",
    "less_than_equal": "'{name}' paling banyak {le}, bukan {value}",
    "date_type": "'{name}' harus berupa tanggal seperti 2026-01-31",
    "date_parsing": "'{name}' harus berupa tanggal seperti 2026-01-31, bukan '{value}'",
    "date_from_datetime_parsing": "'{name}' harus berupa tanggal seperti 2026-01-31, bukan '{value}'",
}


def describe(error: ErrorDetails) -> tuple[str | None, str]:
    """Key at fault and sentence for one pydantic error.

    Own errors (`config.base` and the models) carry their sentence already, and the key in their
    context where it is not the last part of the location.
    """
    context: dict[str, Any] = error.get("ctx") or {}
    name = next((part for part in reversed(error["loc"]) if isinstance(part, str)), None)
    if error["type"] in {"unknown_key", "discover", "date_order"} or "key" in context:
        return context.get("key", name), error["msg"]
    value = error.get("input")
    if error["type"] == "literal_error":
        return name, _choice(name, value, str(context.get("expected", "")))
    sentence = _SENTENCES.get(error["type"])
    if sentence is None:
        return name, f"'{name}': {error['msg']}" if name else error["msg"]
    quote = f"; apit {value} dengan tanda kutip" if isinstance(value, (int, float)) else ""
    if name is None:
        sentence = sentence.replace("'{name}'", "isi berkas")
    facts = {**context, "name": name, "value": value, "quote": quote}
    return name, sentence.format(**facts)


def _choice(name: str | None, value: object, expected: str) -> str:
    """Sentence for a value that is none of a fixed set; `expected` reads ``'a', 'b' or 'c'``."""
    choices = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
    best = nearest(str(value), choices)
    hint = f"mungkin maksudnya '{best}'; " if best else ""
    return f"nilai '{value}' pada '{name}' tidak dikenal; {hint}pilihannya: {', '.join(choices)}"
