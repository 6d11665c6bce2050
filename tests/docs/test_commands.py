"""Every command in the documents is one that there is."""

from __future__ import annotations

import shlex

import pytest

from tests.docs.commands import wrong_make, wrong_mention, wrong_pati
from tests.docs.reading import PAGES, ROOT, blocks, code, spoken


def test_every_command_in_a_block_can_be_run_as_it_stands() -> None:
    wrong, looked_at = [], 0
    for block in (one for page in PAGES for one in blocks(page)):
        for line in block.commands:
            for words in spoken(line) if line.startswith("pati ") else [shlex.split(line)]:
                problem = wrong_pati(words) if words[0] == "pati" else None
                problem = wrong_make(words) if words[0] == "make" else problem
                looked_at += words[0] in ("pati", "make")
                wrong += [f"{block}: {shlex.join(words)}: {problem}"] if problem else []
    assert not wrong, "\n".join(wrong)
    assert looked_at > 70


def test_every_command_named_in_a_sentence_is_there() -> None:
    wrong, looked_at = [], 0
    for page in PAGES:
        if page.parent.name == "decisions":
            continue  # they say what was, too
        for said in code(page):
            words = said.replace("'", "").replace('"', "").split()
            problem = wrong_mention(words) if words[:1] == ["pati"] else None
            problem = wrong_make(words[:2]) if words[:1] == ["make"] else problem
            looked_at += words[:1] in (["pati"], ["make"])
            wrong += [f"{page.relative_to(ROOT)}: {said}: {problem}"] if problem else []
    assert not wrong, "\n".join(wrong)
    assert looked_at > 90


@pytest.mark.parametrize(
    "line",
    [
        "pati runn",
        "pati run --foo",
        "pati lake restore DIR",
        "pati lake",
        "pati report weekly --week",
        "pati user list | vanish NAMA",
        "pati import complaints",
    ],
)
def test_a_wrong_command_is_noticed(line: str) -> None:
    assert any(wrong_pati(words) for words in spoken(line))


@pytest.mark.parametrize(
    "line",
    [
        "pati run --only collect --home rumah",
        "pati sources",
        "pati lake restore DIR --into BARU",
        "pati user list | disable NAMA | log --check",
        "pati nlp train | evaluate | compare --adopt",
    ],
)
def test_a_right_command_is_not(line: str) -> None:
    assert [wrong_pati(words) for words in spoken(line)] == [None] * len(spoken(line))
    assert len(spoken(line)) == line.count("|") + 1


@pytest.mark.parametrize("line", ["pati runn", "pati run --foo", "pati lake mend DIR"])
def test_a_wrong_mention_is_noticed(line: str) -> None:
    assert wrong_mention(line.split())


@pytest.mark.parametrize("line", ["make tset", "make demo SERFE=0"])
def test_a_wrong_target_is_noticed(line: str) -> None:
    assert wrong_make(line.split())
