"""A decision on two wordings is made once, and again where anything that it depends on has changed."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flows.resolve.claims.claim_blocking import PAIRS
from flows.resolve.claims.matching import decisions
from flows.resolve.claims.matching.decisions import UNREAD, decide
from flows.resolve.claims.matching.kept_decisions import ASKED, CHEAP, KeptDecisions, decision_cache
from flows.resolve.claims.matching.proposition import Name, Proposition
from flows.resolve.claims.thresholds import ClaimThresholds
from tests.builders.claims import pair_model

SAID = (
    "The ferry will sail again in May",
    "The ferry sails again in May",
    "Ferries sail again from May",
    "It may sail",
)
ROWS = pl.DataFrame({"statement": SAID, "story_id": ["s"] * len(SAID), "speakers": [["a"], [], ["b"], []]})
CHANGES = {
    "its words": ("statement", "The ferry will not sail"),
    "its story": ("story_id", "t"),
    "who says it": ("speakers", ["c"]),
}


def pairs_of(*ends: tuple[int, int], likeness: float = 0.5) -> pl.DataFrame:
    return pl.DataFrame([(*pair, likeness, likeness) for pair in ends], schema=PAIRS, orient="row")


class Decider:
    """Decides by the numbers of the rows, and remembers which pairs it was asked about."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []

    def __call__(self, pairs: pl.DataFrame) -> pl.DataFrame:
        self.asked += pairs.select("left", "right").rows()
        score = pl.when(pl.col("left") > 0).then(pl.col("right") / 10)
        return pairs.with_columns(score=score, contradicts=pl.lit(None, pl.Float64), reason=pl.lit("by number"))


def decided(output: Path, rows: pl.DataFrame, pairs: pl.DataFrame, by: str = CHEAP) -> tuple[pl.DataFrame, Decider]:
    kept, decider = KeptDecisions(decision_cache(output), rows), Decider()
    found = kept.decided(pairs, by, decider)
    kept.close()
    assert_frame_equal(found, KeptDecisions(None, rows).decided(pairs, by, Decider()))
    return found, decider


def test_what_is_known_is_not_decided_again_whatever_is_new_beside_it(tmp_path: Path) -> None:
    decided(tmp_path, ROWS, pairs_of((0, 1), (1, 2)))
    assert decided(tmp_path, ROWS, pairs_of((0, 1), (0, 2), (1, 2), (1, 3)))[1].asked == [(0, 2), (1, 3)]
    assert decided(tmp_path, ROWS, pairs_of())[1].asked == []


def test_rules_and_model_decide_of_one_pair_each_for_itself(tmp_path: Path) -> None:
    decided(tmp_path, ROWS, pairs_of((0, 1)))
    assert decided(tmp_path, ROWS, pairs_of((0, 1)), ASKED)[1].asked == [(0, 1)]


@pytest.mark.parametrize("change", CHANGES)
def test_a_wording_that_changes_is_decided_again(tmp_path: Path, change: str) -> None:
    decided(tmp_path, ROWS, pairs_of((0, 1), (1, 2), (2, 3)))
    column, value = CHANGES[change]
    values = [value, *ROWS[column].to_list()[1:]]
    changed = ROWS.with_columns(pl.Series(column, values, ROWS.schema[column]))
    assert decided(tmp_path, changed, pairs_of((0, 1), (1, 2), (2, 3)))[1].asked == [(0, 1)]
    assert decided(tmp_path, ROWS, pairs_of((0, 1), likeness=0.6))[1].asked == [(0, 1)]


def test_the_bound_of_pairs_that_the_model_reads_counts_those_that_it_has_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "THRESHOLDS", ClaimThresholds(most_judged=2))
    told = {
        row: Proposition(said, "asserted", (Name("e", "ORG", "Ferries"),), (), (), "a", "s")
        for row, said in enumerate(SAID)
    }
    first = pairs_of((0, 1), (1, 2))
    later = pl.concat([first, pairs_of((0, 2), likeness=0.9)]).sort("left", "right")

    def found(pairs: pl.DataFrame, output: Path) -> pl.DataFrame:
        kept = KeptDecisions(decision_cache(output), ROWS)
        return decide(pairs, lambda _: told, {}, pair_model(), kept)

    assert np.all(found(first, tmp_path / "kept")["reason"].to_numpy() != UNREAD)
    assert_frame_equal(found(later, tmp_path / "kept"), found(later, tmp_path / "anew"))
    assert found(later, tmp_path / "kept").filter(pl.col("reason") == UNREAD).height == 1
