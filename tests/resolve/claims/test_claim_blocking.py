"""What is worth comparing: measured against all pairs of a few hundred claims."""

import itertools

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import candidates, likeness, measured
from flows.resolve.claims.claim_vectors import claim_vectors
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas import ids
from tests.builders.claims import meaning

WHO = ("the council", "the harbour office", "a court", "the ferry line", "the school board", "the fire brigade")
WHAT = ("closed the bridge", "bought three ferries", "fined the dairy", "hired a surveyor", "moved the market",
        "repaired the dam", "sold the mill", "opened a museum")  # fmt: skip
WHERE = ("in Norby", "in Sandvik", "near the old quarry", "on the island")
STORIES = 6


def claims() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Mentions, places and stories: every sentence in two outlets of one story, the second in other words."""
    rows, places = [], []
    for number, (who, what, where) in enumerate(itertools.product(WHO, WHAT, WHERE)):
        story = number % STORIES
        for outlet, told in enumerate((f"{who} {what} {where}", f"{where} {what.split()[0]} {who} {what}")):
            place = len(rows)
            rows.append((f"{number:04d}-{outlet}", f"art{story}-{outlet}", place, told, meaning(told)))
    mentions = pl.DataFrame(
        rows,
        schema={
            "claim_mention_id": pl.String, "article_id": pl.String, "start_char": pl.Int32, "statement": pl.String,
            "meaning": pl.List(pl.Int8),
        },
        orient="row",
    ).sort("claim_mention_id")  # fmt: skip
    for row, told in enumerate(mentions["statement"]):
        places += [(row, name) for name in ("Norby", "Sandvik") if name in told]
    stories = mentions.select("article_id").unique().with_columns(story_id=pl.col("article_id").str.head(4))
    return mentions, pl.DataFrame(places, schema={"row": pl.UInt32, "entity": pl.String}, orient="row"), stories


def test_the_likest_of_all_pairs_of_a_story_are_proposed():
    mentions, places, stories = claims()
    v = claim_vectors(mentions, places, stories)
    found = set(candidates(v).select("left", "right").iter_rows())
    left, right = np.triu_indices(len(v), 1)
    together = v.story[left] == v.story[right]
    pairs = measured(v, left[together], right[together])
    alike = pairs.filter(likeness() >= THRESHOLDS.least_likeness).sort(likeness(), descending=True)
    assert alike.height > 1000
    likest = set(alike.select("left", "right").head(len(v)).iter_rows())
    assert len(likest & found) >= 0.98 * len(likest)
    same = {(n, n + 1) for n in range(0, len(v), 2)}
    assert same <= found
    assert len(found) <= len(v) * (THRESHOLDS.partners + THRESHOLDS.partners_in_article)


def test_measures_are_the_same_wherever_a_pair_is_proposed():
    mentions, places, stories = claims()
    v = claim_vectors(mentions, places, stories)
    found = candidates(v)
    again = measured(v, found["left"].to_numpy(), found["right"].to_numpy())
    for column in ("meaning", "cover"):
        assert np.allclose(found[column], again[column], atol=2e-6)


def test_two_stories_meet_only_about_an_actor_in_nearly_the_same_words():
    told = (
        "the council of Norby fined the dairy for hiding its losses",
        "the council fined the dairy for hiding its losses",
        "the council of Norby closed its dairy for good",
    )
    rows = [
        (f"{text_number}-{story}", f"art{story}", 0, text, meaning(text))
        for text_number, text in enumerate(told)
        for story in range(2)
    ]
    mentions = pl.DataFrame(
        rows, schema=["claim_mention_id", "article_id", "start_char", "statement", "meaning"], orient="row"
    ).with_columns(pl.col("meaning").cast(pl.List(pl.Int8)))
    places = pl.DataFrame({"row": [0, 1, 4, 5], "entity": ["Norby"] * 4}, schema_overrides={"row": pl.UInt32})
    stories = pl.DataFrame({"article_id": ["art0", "art1"], "story_id": [ids.story_id("one"), ids.story_id("two")]})
    v = claim_vectors(mentions, places, stories)
    across = {(a, b) for a, b in candidates(v).select("left", "right").iter_rows() if v.story[a] != v.story[b]}
    assert across == {(0, 1), (4, 5)}


def test_no_claims_and_one_claim_have_no_pairs():
    mentions, places, stories = claims()
    for size in (0, 1):
        few = claim_vectors(mentions.head(size), places.filter(pl.col("row") < size), stories)
        assert candidates(few).is_empty()
