"""Ids last: corpora grow, shrink and are clustered anew; every id stays or is redirected to where it went."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resolve.identity.carry_ids import CarriedIds, carry_ids
from flows.resolve.identity.follow_members import with_moved, with_revised
from schemas import ids


def frame(clusters: list[list[str]]) -> pl.DataFrame:
    """Members in order of first evidence: the rank is the place in the alphabet."""
    rows = [(number, member, member) for number, cluster in enumerate(clusters) for member in cluster]
    return pl.DataFrame(rows, schema={"cluster": pl.Int64, "member_id": pl.String, "rank": pl.String}, orient="row")


def parent_of(clusters: list[list[str]], carried: CarriedIds, version: str) -> pl.DataFrame:
    named = carried.ids.with_columns(pl.col("since_version").fill_null(version))
    return frame(clusters).join(named, on="cluster").select("member_id", "id", "since_version")


def ids_of(carried: CarriedIds) -> list[str]:
    return carried.ids.sort("cluster")["id"].to_list()


def redirects_of(carried: CarriedIds) -> dict[str, str | None]:
    return dict(carried.redirects.iter_rows())


A, B, C, D = (ids.entity_id(member) for member in "abcd")


def known(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["member_id", "id", "since_version"], orient="row")


def test_first_build_mints_from_the_first_evidence_whatever_the_order_of_rows() -> None:
    members = frame([["b", "a"], ["d", "c"]])
    expected = [ids.entity_id("a"), ids.entity_id("c")]
    assert ids_of(carry_ids(members, None, ids.entity_id)) == expected
    assert ids_of(carry_ids(members.reverse(), None, ids.entity_id)) == expected


def test_earlier_evidence_does_not_relabel() -> None:
    carried = carry_ids(frame([["a", "b"]]), known(("b", B, "1.0.0")), ids.entity_id)
    assert ids_of(carried) == [B]
    assert carried.ids["since_version"].to_list() == ["1.0.0"]


@pytest.mark.parametrize(
    ("versions", "kept"),
    [
        (("1.0.9", "1.0.10"), "a"),  # by number, not by letter
        (("1.0.10", "1.0.9"), "b"),
        (("1.0.0", "1.0.0"), "b"),  # as old: the one with more members
    ],
)
def test_a_merge_keeps_the_older_id_and_redirects_the_other(versions: tuple[str, str], kept: str) -> None:
    old = known(("a", A, versions[0]), ("b", B, versions[1]), ("c", B, versions[1]))
    carried = carry_ids(frame([["a", "b", "c"]]), old, ids.entity_id)
    stays, ends = (A, B) if kept == "a" else (B, A)
    assert ids_of(carried) == [stays]
    assert redirects_of(carried) == {ends: stays}


def test_a_split_keeps_the_id_on_whom_it_named() -> None:
    old = known(*((member, A, "1.0.0") for member in "abc"))
    # A was minted from `a`, so it means whoever `a` is of, and not the larger part
    assert ids_of(carry_ids(frame([["a"], ["b", "c"]]), old, ids.entity_id)) == [A, B]
    # where that member is gone, the part with the name keeps it, and then the larger part
    gone = known(*((member, A, "1.0.0") for member in "bcd"))
    keys = pl.DataFrame({"cluster": [0, 1], "key": ["anna smit|PERSON", "jon|PERSON"]})
    named = pl.DataFrame({"id": [A], "key": ["anna smit|PERSON"]})
    parts = frame([["b"], ["c", "d"]])
    assert ids_of(carry_ids(parts, gone, ids.entity_id, keys=keys, parent_keys=named)) == [A, C]
    assert ids_of(carry_ids(parts, gone, ids.entity_id)) == [B, A]


def test_a_merge_that_is_undone_gives_back_both_ids() -> None:
    old = known(("a", A, "1.0.0"), ("b", A, "1.0.0"), ("c", A, "1.0.0"))  # B was merged into A
    undone = carry_ids(frame([["a"], ["b", "c"]]), old, ids.entity_id, retired=frozenset({B}))
    assert ids_of(undone) == [A, B]
    assert redirects_of(undone) == {}


def test_an_even_split_keeps_the_id_on_the_part_with_the_first_evidence() -> None:
    old = known(*((member, A, "1.0.0") for member in "abcd"))
    assert ids_of(carry_ids(frame([["c", "d"], ["a", "b"]]), old, ids.entity_id)) == [C, A]


def test_a_merged_id_is_never_minted_for_something_else() -> None:
    old = known(("a", A, "1.0.0"), ("b", A, "1.0.0"), ("c", A, "1.0.0"))
    carried = carry_ids(frame([["a", "b"], ["c"]]), old, ids.entity_id, retired=frozenset({B}))
    assert ids_of(carried) == [A, C]


def test_a_removed_article_ends_its_ids_and_brings_them_back() -> None:
    gone = carry_ids(frame([["b"]]), known(("a", A, "1.0.0"), ("b", B, "1.0.0")), ids.entity_id)
    assert redirects_of(gone) == {A: None}
    back = carry_ids(frame([["b"], ["a"]]), known(("b", B, "1.0.0")), ids.entity_id)
    assert ids_of(back) == [B, A]


def test_an_edited_article_keeps_the_id_of_the_same_name() -> None:
    parent_keys = pl.DataFrame({"id": [A, B], "key": ["anna smit|PERSON", "oslo|GPE"]})
    keys = pl.DataFrame({"cluster": [0, 1], "key": ["anna smit|PERSON", "bergen|GPE"]})
    carried = carry_ids(
        frame([["x"], ["y"]]),
        known(("a", A, "1.0.0"), ("b", B, "1.0.0")),
        ids.entity_id,
        keys=keys,
        parent_keys=parent_keys,
    )
    assert ids_of(carried) == [A, ids.entity_id("y")]
    assert redirects_of(carried) == {B: None}


def test_a_key_that_two_share_decides_nothing() -> None:
    parent_keys = pl.DataFrame({"id": [A, B], "key": ["anna smit|PERSON"] * 2})
    keys = pl.DataFrame({"cluster": [0], "key": ["anna smit|PERSON"]})
    old = known(("a", A, "1.0.0"), ("b", B, "1.0.0"))
    carried = carry_ids(frame([["x"]]), old, ids.entity_id, keys=keys, parent_keys=parent_keys)
    assert ids_of(carried) == [ids.entity_id("x")]
    assert redirects_of(carried) == {A: None, B: None}


def test_a_member_in_two_clusters_is_refused() -> None:
    with pytest.raises(ValueError, match="in two clusters"):
        carry_ids(frame([["a"], ["a"]]), None, ids.entity_id)


def test_a_range_drawn_wider_keeps_its_id() -> None:
    places = {"member_id": pl.String, "article_id": pl.String, "start_char": pl.Int32, "end_char": pl.Int32}
    before = pl.DataFrame([("a", "art", 60, 70), ("b", "art", 100, 110)], schema=places, orient="row")
    after = pl.DataFrame(
        [("a2", "art", 57, 70), ("b2", "art", 109, 140), ("c2", "other", 60, 70)], schema=places, orient="row"
    )
    old = with_moved(known(("a", A, "1.0.0"), ("b", B, "1.0.0")), before, after)
    assert ids_of(carry_ids(frame([["a2"]]), old, ids.entity_id)) == [A]
    assert set(old["member_id"]) == {"a", "b", "a2"}


@st.composite
def histories(draw: st.DrawFn) -> list[list[list[str]]]:
    """Clusterings of a corpus that grows, shrinks and is clustered anew at every step."""
    members = [f"m{i:02}" for i in range(draw(st.integers(1, 14)))]
    history = []
    for _ in range(draw(st.integers(1, 6))):
        present = [member for member in members if draw(st.integers(0, 9)) > 1]
        clusters: dict[int, list[str]] = {}
        for member in present:
            clusters.setdefault(draw(st.integers(0, 4)), []).append(member)
        history.append(list(clusters.values()))
    return history


@settings(max_examples=60)
@given(histories(), st.randoms(use_true_random=False))
def test_every_id_stays_or_is_redirected_and_none_is_given_to_two(history, shuffle) -> None:
    parent, retired = None, set()
    for number, clusters in enumerate(history):
        carried = carry_ids(frame(clusters), parent, ids.entity_id, retired=frozenset(retired))
        again = carry_ids(
            frame(clusters).sample(fraction=1.0, shuffle=True, seed=shuffle.randint(0, 99)),
            None if parent is None else parent.reverse(),
            ids.entity_id,
            retired=frozenset(retired),
        )
        assert ids_of(again) == ids_of(carried)
        now = ids_of(carried)
        assert len(now) == len(set(now)) == len(clusters)
        for back in retired & set(now):  # an id comes back only with what it was minted from
            assert any(ids.entity_id(member) == back for member in clusters[now.index(back)])
        redirects = redirects_of(carried)
        if parent is not None:
            assert set(parent["id"]) - set(now) == set(redirects)
            follow_members(parent, clusters, carried)
        assert {to for to in redirects.values() if to} <= set(now)
        retired = (retired | {old for old, to in redirects.items() if to}) - set(now)
        parent = parent_of(clusters, carried, f"1.0.{number}")


def follow_members(parent: pl.DataFrame, clusters: list[list[str]], carried: CarriedIds) -> None:
    """An id is where the member is that it was minted from, or else where most of its members went."""
    now = dict(zip(range(len(clusters)), ids_of(carried), strict=True))
    redirects = redirects_of(carried)
    for old, rows in parent.group_by("id"):
        members = set(rows["member_id"])
        held = {now[i]: len(members & set(cluster)) for i, cluster in enumerate(clusters)}
        most = max(held.values(), default=0)
        heir = redirects.get(old[0], old[0])
        assert (heir is None) == (most == 0) or heir == old[0]
        founders = [
            i for i, cluster in enumerate(clusters) if any(ids.entity_id(m) == old[0] for m in members & set(cluster))
        ]
        if founders:
            assert heir == now[founders[0]]
        elif most:
            assert held[heir] == most


def test_a_corpus_that_only_grows_keeps_every_id() -> None:
    people = {name: [f"{name}{i}" for i in range(5)] for name in "pqrs"}
    parent, seen = None, set()
    for size in range(1, 6):
        clusters = [members[:size] for members in people.values()]
        carried = carry_ids(frame(clusters), parent, ids.entity_id)
        assert seen <= set(ids_of(carried))
        seen |= set(ids_of(carried))
        assert carried.redirects.is_empty()
        parent = parent_of(clusters, carried, f"1.0.{size}")


def test_an_edited_text_keeps_the_ids_of_what_it_still_says() -> None:
    schema = {"member_id": pl.String, "article_id": pl.String, "start_char": pl.Int32, "words": pl.String}
    before = pl.DataFrame(
        [("a", "old", 0, "yes"), ("b", "old", 9, "no"), ("c", "old", 20, "yes")], schema, orient="row"
    )
    after = pl.DataFrame(
        [("x", "new", 5, "yes"), ("y", "new", 14, "maybe"), ("z", "new", 25, "yes")], schema, orient="row"
    )
    articles = pl.DataFrame({"article_id": ["new"], "revision_of": ["old"]})
    old = known(("a", A, "1.0.0"), ("b", B, "1.0.0"), ("c", C, "1.0.0"))
    followed = with_revised(old, before, after, articles)
    carried = carry_ids(frame([["x"], ["y"], ["z"]]), followed, ids.entity_id)
    assert ids_of(carried) == [A, ids.entity_id("y"), C]
    assert redirects_of(carried) == {B: None}
    both = pl.DataFrame({"article_id": ["new", "old"], "revision_of": ["old", None]})
    assert with_revised(old, before, after, both).equals(old), "the old text is still there and keeps its ids"
