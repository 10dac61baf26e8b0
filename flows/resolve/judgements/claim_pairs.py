"""Human decisions on claims, as pairs of claim mentions that are certainly one or certainly two."""

from collections.abc import Sequence

import polars as pl

from flows.resolve.identity.carry_ids import Parent
from flows.resolve.judgements.read_judgements import Decision, refuse_unmatched


def judged_pairs(
    decisions: Sequence[Decision], mentions: pl.DataFrame, parent: Parent | None
) -> dict[tuple[int, int], bool]:
    """Return judged pairs of rows of `mentions` (left < right) with whether they are one claim.

    A side is a claim's text, white space aside, and means every mention of that wording; or a claim id of the
    parent, and means its mentions that are here. Raises SettingsError where a side is nowhere.
    """
    if not decisions:
        return {}
    rows = _sides(mentions, parent)
    found: dict[tuple[int, int], bool] = {}
    unmatched = []
    for decision in decisions:
        left, right = (rows.get(_flat(side), []) for side in (decision.left, decision.right))
        if not left or not right:
            unmatched.append(decision)
        for a in left:
            for b in right:
                if a != b:
                    found[min(a, b), max(a, b)] = decision.same
    refuse_unmatched(unmatched)
    return found


def _sides(mentions: pl.DataFrame, parent: Parent | None) -> dict[str, list[int]]:
    """Rows by everything that a side can be called."""
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(mentions["text"]):
        rows.setdefault(_flat(text), []).append(row)
    if parent is not None:
        here = {name: row for row, name in enumerate(mentions["claim_mention_id"])}
        for name, claim in parent.claim_mentions.select("claim_mention_id", "claim_id").iter_rows():
            if name in here:
                rows.setdefault(claim, []).append(here[name])
    return rows


def _flat(side: str) -> str:
    return " ".join(side.split())
