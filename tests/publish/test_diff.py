"""Differences on published rows: complete, applicable, and with their cause."""

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.column_differences import differs
from flows.errors import SnapshotError
from flows.publish import diff as differences
from flows.publish.diff import Side, apply, diff
from flows.resolve.identity.carry_ids import Parent
from flows.snapshots.manifest import Code, Decided, Manifest, ReaderModel
from flows.snapshots.reader import read_snapshot
from schemas.contract import current
from tests.builders import synthetic
from tests.builders.synthetic import Document, Statement, documents, publish

NAMES = current().names


def assert_same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> None:
    assert {name for name in NAMES if not one[name].equals(other[name])} == set()


def test_old_and_difference_are_new_on_published_rows(tmp_path: Path) -> None:
    edited = Document("news/001.txt", (Statement("the quay is safe", "Tobias Renn"),), lead="Rewritten.")
    corpora = [documents(4), documents(5, first=1), [*documents(3, first=3), edited], documents(4)]
    folders = [publish(tmp_path, corpus) for corpus in corpora]
    loaded = [differences.side_of(read_snapshot(folder)) for folder in folders if folder]
    for old in loaded:
        for new in loaded:
            found = diff(old, new, None, "2.2.9")
            assert_same(apply(old.tables, found), dict(new.tables))
            assert found.is_empty() == (old is new)


@settings(max_examples=25)
@given(st.sets(st.integers(0, 7), min_size=1), st.sets(st.integers(0, 7), min_size=1))
def test_old_and_difference_are_new_for_any_two_corpora(before: set[int], after: set[int]) -> None:
    corpus = documents(8)
    old = synthetic.build([corpus[i] for i in sorted(before)])
    new = synthetic.build([corpus[i] for i in sorted(after)], Parent.of("2.2.0", old), "2.2.1")
    found = diff(Side(old, None), Side(new, None), "2.2.0", "2.2.1")
    assert_same(apply(old, found), new)
    for name, changes in found.changes().items():
        assert new[name].height == old[name].height + changes.added - changes.removed
        assert sum(changes.causes.values()) == changes.added + changes.removed + changes.changed


def test_a_changed_row_names_its_columns() -> None:
    old = synthetic.build(documents(2))
    new = {**old, "entities": old["entities"].with_columns(description=pl.lit("a quay"), country_code=pl.lit("NO"))}
    rows = diff(Side(old, None), Side(new, None), "2.2.0", "2.2.1").tables["entities"]
    assert set(rows["change"]) == {"changed"}
    assert rows["changed_columns"].to_list() == [["country_code", "description"]] * rows.height


def test_a_difference_from_elsewhere_is_not_applied() -> None:
    one, other = synthetic.build(documents(2)), synthetic.build(documents(3))
    found = diff(Side(one, None), Side(other, None), "2.2.0", "2.2.1")
    with pytest.raises(SnapshotError, match="does not start from this snapshot"):
        apply(other, found)


BASE = {
    "version": "2.2.0",
    "contract_version": "2.2",
    "created_at": "",
    "code": Code(package_version="1"),
    "settings": {"threshold": 0.5},
    "tables": {},
    "model": ReaderModel(package="reader", version="1", hash="a"),
    "judgements_sha256": "a",
}
OTHER = {
    "code": {"code": Code(package_version="2")},
    "model": {"model": ReaderModel(package="reader", version="2", hash="b")},
    "settings": {"settings": {"threshold": 0.6}},
    "judgement": {"judgements_sha256": "b"},
    "input": {},
}


@pytest.mark.parametrize("cause", OTHER)
def test_a_row_of_an_unchanged_article_changed_for_what_else_differs(cause: str) -> None:
    old = synthetic.build(documents(3))
    new = {**old, "claim_mentions": old["claim_mentions"].with_columns(confidence=pl.lit(0.4))}
    sides = Side(old, Manifest(**BASE)), Side(new, Manifest(**{**BASE, **OTHER[cause]}))
    found = diff(*sides, "2.2.0", "2.2.1").changes()
    assert found["claim_mentions"].causes == {cause: old["claim_mentions"].height}


def _decided(**other: object) -> Decided:
    return Decided(**{"code": "a" * 64, "lexicons": "b" * 64, "models": "c" * 64, "settings": "d" * 64, **other})


SAME_COMMIT = [
    ({"code": "e" * 64}, "code", "code aaaaaaaaaaaa → eeeeeeeeeeee"),
    ({"lexicons": "e" * 64}, "code", "lexicons bbbbbbbbbbbb → eeeeeeeeeeee"),
    ({"libraries": {"polars": "2.2.0"}}, "code", "polars None → 2.2.0"),
    ({"models": "e" * 64}, "model", "fitted weights"),
    ({"corrections": "e" * 64}, "input", "corrections"),
    ({"code": "e" * 64, "models": "f" * 64}, "code, model", "code aaaaaaaaaaaa → eeeeeeeeeeee"),
]


@pytest.mark.parametrize(("other", "cause", "what"), SAME_COMMIT)
def test_hashes_tell_two_builds_apart_that_git_does_not(other: dict, cause: str, what: str) -> None:
    """Wheels know no commit, and a checkout with changes has that of before."""
    old = synthetic.build(documents(3))
    new = {**old, "claim_mentions": old["claim_mentions"].with_columns(confidence=pl.lit(0.4))}
    sides = (Side(old, Manifest(**BASE, decided=_decided())), Side(new, Manifest(**BASE, decided=_decided(**other))))
    found = diff(*sides, "2.2.0", "2.2.1")
    assert set(found.tables["claim_mentions"]["cause"]) == {cause}
    assert what in [said for lines in found.builds.values() for said in lines]
    commits = {**BASE, "code": Code(package_version="1", git_commit="f" * 40)}
    same = Side(new, Manifest(**commits, decided=_decided()))
    assert set(diff(sides[0], same, "", "").tables["claim_mentions"]["cause"]) == {"input"}, "a commit alone is no code"


def test_new_articles_are_the_cause_of_what_they_change_whatever_else_differs() -> None:
    old = synthetic.build(documents(2))
    new = synthetic.build(documents(3), Parent.of("2.2.0", old), "2.2.1")
    touched = {row["entity_id"] for row in new["entity_mentions"].iter_rows(named=True)}
    sides = Side(old, Manifest(**BASE)), Side(new, Manifest(**{**BASE, **OTHER["model"]}))
    found = diff(*sides, "2.2.0", "2.2.1")
    assert found.changes()["articles"].causes == {"input": 1}
    causes = dict(found.tables["entities"].select("change", "cause").unique().iter_rows())
    assert causes == {"changed": "input, model"}, "the model is other, too, and cannot be ruled out"
    assert set(found.tables["entities"]["entity_id"]) <= touched


def test_a_human_decision_is_the_cause_of_what_it_parts() -> None:
    old = synthetic.build(documents(4))
    edge = old["resolution_edges"].filter(pl.col("table") == "entity_mentions").row(0, named=True)
    edges = old["resolution_edges"].with_columns(
        reason=pl.when(pl.col("left_id") == edge["left_id"], pl.col("right_id") == edge["right_id"])
        .then(pl.lit("judgement"))
        .otherwise("reason")
    )
    entity = old["entity_mentions"].filter(pl.col("mention_id") == edge["left_id"])["entity_id"][0]
    entities = old["entities"].with_columns(description=pl.lit("parted"))
    new = {**old, "resolution_edges": edges, "entities": entities}
    sides = Side(old, Manifest(**BASE)), Side(new, Manifest(**{**BASE, **OTHER["code"]}))
    rows = diff(*sides, "2.2.0", "2.2.1").tables["entities"]
    by_cause = dict(rows.group_by("cause").agg("entity_id").iter_rows())
    assert by_cause["code, judgement"] == [entity]
    assert len(by_cause["code"]) == old["entities"].height - 1


def test_the_difference_is_written_for_people_and_machines(tmp_path: Path) -> None:
    old, new = synthetic.build(documents(2)), synthetic.build(documents(3))
    found = diff(Side(old, None), Side(new, None), "2.2.0", "2.2.1")
    paths = differences.write(found, tmp_path)
    assert {path.stem for path in paths} == {name for name, frame in found.tables.items() if frame.height}
    for path in paths:
        assert pl.read_parquet(path).equals(found.tables[path.stem])
    plain = json.loads(json.dumps(differences.as_json(found), default=str))
    assert plain["changes"]["articles"]["added"] == 1
    assert plain["rows"]["articles"][0]["change"] == "added"


VALUES = st.none() | st.lists(
    st.none() | st.fixed_dictionaries({"kind": st.none() | st.sampled_from("ab"), "value": st.none() | st.floats()}),
    max_size=3,
)
NESTED = pl.List(pl.Struct({"kind": pl.String, "value": pl.Float64}))


@settings(max_examples=60)
@given(st.lists(st.tuples(VALUES, VALUES), max_size=6))
def test_lists_of_structs_differ_as_their_values_do(rows: list[tuple[object, object]]) -> None:
    one, other = (pl.Series([row[side] for row in rows], dtype=NESTED) for side in (0, 1))
    assert differs(one, other).to_list() == one.ne_missing(other).to_list()
    assert not differs(one, one).any()
