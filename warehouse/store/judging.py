"""Judge quick wins: what was given before stays, the newest holds."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from config.quick_wins import Judging
from warehouse.access import require
from warehouse.lake import Lake
from warehouse.store.assessment import check_words


def judge_quick_win(
    lake: Lake, rules: Judging, year: int, quick_win: str, scores: Mapping[str, int | None], remark: str = ""
) -> None:
    """Score a quick win in the name of whoever opened the lake.

    Args:
        lake: an open lake; its "now" is when this happens, its viewer the judge.
        rules: criteria and their limits.
        year: of the comparison.
        quick_win: its id.
        scores: by id of the criterion; None takes one's score back.
        remark: why, **already masked**.

    Raises:
        AccessError: the viewer may not.
        ValueError: one Indonesian sentence: an unknown criterion or quick win, or a score off its limits.
    """
    require(lake.viewer, "assess", quick_win)
    check_scores(rules, scores)
    words = check_words(remark, "Tulis alasannya", needed=False)

    def work(con: duckdb.DuckDBPyConnection) -> None:
        if not con.execute("SELECT count(*) FROM dim_quick_win WHERE quick_win = ?", [quick_win]).fetchall()[
            0
        ][0]:
            raise ValueError(f"Quick win '{quick_win[:60]}' tidak terdaftar.")
        for criterion, score in scores.items():
            con.execute(
                "INSERT INTO quick_win_judgement SELECT ?, ?, ?, ?, "
                "(SELECT coalesce(max(position), -1) + 1 FROM quick_win_judgement), ?, nullif(?, ''), getvariable('pati_now')",
                [year, quick_win, criterion, lake.viewer.user, score, words],
            )

    lake.write(work)


def check_scores(rules: Judging, scores: Mapping[str, int | None]) -> None:
    """Refuse what the rules do not know. Pure.

    Raises:
        ValueError: one Indonesian sentence.
    """
    known = {one.id: one for one in rules.criteria}
    if not scores:
        raise ValueError("Beri nilai sedikitnya untuk satu kriteria.")
    for criterion, score in scores.items():
        if criterion not in known:
            raise ValueError(f"Kriteria '{criterion[:60]}' tidak ada; pilih {', '.join(known)}.")
        one = known[criterion]
        if score is not None and not one.least <= score <= one.most:
            raise ValueError(f"{one.name}: nilai {score} di luar {one.least} sampai {one.most}.")
