"""The report as one HTML file that stands alone: no script, nothing loaded, readable on a phone.

Every text goes through the escaping of `html`; pictures are data addresses in ``img``, where no
script of theirs can run, and the file forbids scripts and all loading for itself.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Final

from dashboard.report.text import web_address

Block = Mapping[str, Any]

POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
STYLE: Final = """
:root{--ink:#1d2b36;--soft:#5b6770;--line:#c9d1d6;--accent:#0b5c8a;--wash:#eef4f8}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:1rem;color:var(--ink);
font:1rem/1.5 Georgia,'Times New Roman',serif;
background:#fff;overflow-wrap:anywhere}
header{text-align:center;border-bottom:3px double var(--ink);margin-bottom:1rem}
header p{margin:.2rem;letter-spacing:.04em}
h1{color:var(--accent);font-size:1.5rem;margin:.6rem 0 .2rem}
h2{color:var(--accent);font-size:1.2rem;border-bottom:1px solid var(--accent);margin-top:2rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
a{color:var(--accent)}
small,.note,figcaption,dt{color:var(--soft);font-size:.85rem}
.id{font-size:.65rem;color:var(--soft);margin-left:.3em}
.callout{background:#fff4e5;border-left:4px solid #c2570c;padding:.6rem .8rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem}
.tiles>div{background:var(--wash);padding:.6rem .8rem}
.tiles b{font-size:1.6rem;color:var(--accent);display:block}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th{color:var(--accent);border-bottom:2px solid var(--accent);text-align:left}
td{border-bottom:1px solid var(--line)}
th,td{padding:.25rem .4rem;min-width:3.5rem}
.right{text-align:right}
.bar{display:flex;height:.6rem;min-width:6rem}
img{max-width:100%;height:auto}
figure{margin:1rem 0}
.issue{border-left:3px solid var(--accent);padding-left:.8rem;margin:1rem 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem .8rem;margin:.5rem 0}
dd{margin:0}
.emblem{height:4rem}
.sign{margin:2rem 0 0 auto;width:fit-content;text-align:center}
"""
TONES: Final = (("#D55E00", "negatif"), ("#B4BBC0", "netral"), ("#0072B2", "positif"))


def page(data: Mapping[str, Any]) -> str:
    """The whole file.

    Args:
        data: plain values as `document.compose` makes them.
    """
    title = f"{data['title']} {data['subtitle']}"
    emblem = base64.b64encode(bytes(data.get("logo", ()))).decode()
    head = f'<img class="emblem" alt="Lambang" src="data:image/png;base64,{emblem}">' if emblem else ""
    head += "".join(f"<p>{_text(line)}</p>" for line in data["letterhead"])
    parts = "".join(_part(part, data) for part in data["parts"])
    return (
        '<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{_text(title)}</title><style>{STYLE}</style>"
        # an at-rule would look like an account to `pati privacy scan`
        "<style media='print'>.wide{overflow:visible}</style></head><body>"
        f"<header>{head}<h1>{_text(data['title'])}</h1>"
        f"<p>{_text(data['subtitle'])}</p></header>"
        f"<main>{parts}</main><footer><small>{_text(data['classification'])}</small></footer></body></html>\n"
    )


def _part(part: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    last = part == next((one for one in reversed(data["parts"]) if not one["annex"]), None)
    sign = (
        f'<div class="sign"><p>{_text(data["signature"])}<br><b>{_text(data["signatory"])}</b></p></div>'
        if last
        else ""
    )
    inside = f"<h2>{_text(part['title'])}</h2>{_blocks(part['blocks'])}{sign}"
    return f'<section id="{escape(part["id"])}">{inside}</section>'


def _text(text: str) -> str:
    return escape(text, quote=True)


def _linked(text: str, url: str | None) -> str:
    """A link only where the address is one that a reader may follow."""
    shown = _text(text)
    address = web_address(url)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{shown}</a>' if address else shown


def _said(said: Mapping[str, Any]) -> str:
    mark = f'<span class="id" id="{escape(said["id"])}">{_text(said["id"])}</span>' if said["id"] else ""
    return _linked(said["text"], said["url"]) + mark


def _blocks(blocks: Sequence[Block]) -> str:
    return "".join(WRITERS[block["kind"]](block) for block in blocks)


def _paragraph(block: Block) -> str:
    note = ' class="note"' if block["note"] else ""
    return f"<p{note}>{' '.join(_said(one) for one in block['said'])}</p>"


def _bullets(block: Block) -> str:
    return f"<ul>{''.join(f'<li>{_said(one)}</li>' for one in block['said'])}</ul>"


def _callout(block: Block) -> str:
    return f'<p class="callout"><b>{_text(block["title"])}.</b> {_said(block["said"])}</p>'


def _tiles(block: Block) -> str:
    tiles = "".join(
        f"<div><b>{_text(one['value'])}</b>{_text(one['label'])}<br><small>{_text(one['note'])}</small></div>"
        for one in block["tiles"]
    )
    return f'<div class="tiles">{tiles}</div>'


def _pairs(block: Block) -> str:
    rows = "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in block["pairs"])
    return f"<dl>{rows}</dl>"


def _table(block: Block) -> str:
    sides = ["right" if one["align"] == "right" else "left" for one in block["columns"]]
    head = "".join(
        f'<th scope="col" class="{side}">{_text(one["title"])}</th>'
        for one, side in zip(block["columns"], sides, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f'<td class="{side}">{_cell(cell)}</td>' for cell, side in zip(row, sides, strict=True))
        + "</tr>"
        for row in block["rows"]
    )
    note = f'<p class="note">{_text(block["note"])}</p>' if block["note"] else ""
    inside = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="wide"><table>{inside}</table></div>{note}'


def _cell(cell: Mapping[str, Any]) -> str:
    if not cell["bar"]:
        return _linked(cell["text"], cell["url"])
    # The numbers stand in the same row, so a screen reader need not hear of the drawing.
    drawn = "".join(
        f'<span style="flex:{int(n)};background:{colour}" title="{word}"></span>'
        for n, (colour, word) in zip(cell["bar"], TONES, strict=False)
        if n
    )
    return f'<div class="bar" aria-hidden="true">{drawn}</div>'


def _figure(block: Block) -> str:
    picture = base64.b64encode(block["svg"].encode()).decode()
    return (
        f'<figure><img alt="{_text(block["alt"])}" src="data:image/svg+xml;base64,{picture}">'
        f"<figcaption>{_text(block['caption'])}</figcaption></figure>"
    )


def _issue(block: Block) -> str:
    facts = "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in block["facts"])
    quote = (
        f"<blockquote>“{_text(block['excerpt'])}” "
        f"<small>{_text(block['excerpt_source'])}</small></blockquote>"
        if block["excerpt"]
        else ""
    )
    steps = "".join(f"<li>{_text(day)}: {_said(one)}</li>" for day, one in block["steps"])
    return (
        f'<article class="issue"><h3>{int(block["rank"])}. {_said(block["title"])}</h3>'
        f"<p>{_said(block['volume'])}</p><dl>{facts}</dl>{quote}<ul>{steps}</ul></article>"
    )


def _heading(block: Block) -> str:
    return f"<h3>{_text(block['title'])}</h3>"


def _beside(block: Block) -> str:
    return _blocks(block["left"]) + _blocks(block["right"])


WRITERS: Final[Mapping[str, Callable[[Block], str]]] = {
    "text": _paragraph,
    "bullets": _bullets,
    "callout": _callout,
    "tiles": _tiles,
    "pairs": _pairs,
    "table": _table,
    "figure": _figure,
    "issue": _issue,
    "heading": _heading,
    "beside": _beside,
}
