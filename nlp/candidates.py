"""The list of offices of one text, from the probability of each of them.

A place in the list is a chance to be right and is not left empty because the chance is small: who counts
offices looks at it (`warehouse/marts/003c_macro_likely.sql`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What an authority rule says weighs this much of the whole: it decides where the models are not sure,
# and its office is always a candidate. With the last word it was wrong more often than they were
# (docs/decisions/0012). Who keeps a road is no matter of wording: there it has the last word.
RULE_SHARE, ROAD_SHARE = 0.4, 0.75
_BESIDE = 0.1  # at least, for the further offices of a rule: from this share on an office counts


def candidates(
    shares: Mapping[str, float],
    nobody: float,
    by_rule: Sequence[str],
    *,
    rule_share: float = RULE_SHARE,
    nobody_at: float,
    most: int,
) -> list[tuple[str, float]]:
    """Choose the offices of one text.

    Args:
        shares: probability of being the first office, by OPD id; together with `nobody` at most 1.
        nobody: probability that no office can be named.
        by_rule: offices that an authority rule names, main one first; empty without such a rule.
        rule_share: how much the rule weighs beside the models, 0 to 1.
        nobody_at: a text of which `nobody` is more probable than this has no office.
        most: longest list.

    Returns:
        (OPD id, probability to four places, above 0), best first; equal ones by id.
    """
    scores = dict(shares)
    if by_rule:
        nobody *= 1.0 - rule_share
        scores = {opd_id: (1.0 - rule_share) * share for opd_id, share in scores.items()}
        scores[by_rule[0]] = scores.get(by_rule[0], 0.0) + rule_share
        raised = [opd_id for opd_id in by_rule[1:] if scores.get(opd_id, 0.0) < _BESIDE]
        scores = {opd_id: (1.0 - _BESIDE * len(raised)) * share for opd_id, share in scores.items()}
        scores |= dict.fromkeys(raised, _BESIDE)
    if nobody > nobody_at:
        return []
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [(opd_id, shown) for opd_id, share in ranked if (shown := round(share, 4)) > 0.0]
