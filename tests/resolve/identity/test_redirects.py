"""Redirects across versions: complete, to the end of every chain, gone where an id is back."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resolve.identity.carry_ids import Parent
from flows.resolve.identity.redirects import redirects_table
from flows.validate.reject_rows import check_tables
from schemas.tables import TABLES
from tests.builders import synthetic
from tests.builders.synthetic import Document, Statement, documents

KEYS = {name: TABLES[name].key[0] for name in ("articles", "entities", "entity_mentions", "claims", "claim_mentions")}


def led(tables: dict[str, pl.DataFrame], table: str, retired: str) -> tuple[str | None, str] | None:
    rows = tables["redirects"].filter((pl.col("table") == table) & (pl.col("retired_id") == retired)).rows()
    return (rows[0][2], rows[0][3]) if rows else None


def test_a_merge_chain_leads_to_its_end() -> None:
    first = synthetic.build(documents(3))
    a, b, c = first["entities"]["entity_id"][:3]
    empty = pl.DataFrame(schema={"retired_id": pl.String, "current_id": pl.String})

    def merged(tables: dict[str, pl.DataFrame], gone: str, into: str, version: str) -> dict[str, pl.DataFrame]:
        """The next snapshot, in which one entity has become another."""
        new = {**tables, "entities": tables["entities"].filter(pl.col("entity_id") != gone)}
        heirs = pl.DataFrame({"retired_id": [gone], "current_id": [into]})
        parent = Parent.of("2.2.0", tables)
        return {**new, "redirects": redirects_table(parent, version, new, {"entities": heirs, "claims": empty})}

    second = merged(first, a, b, "2.2.1")
    assert led(second, "entities", a) == (b, "2.2.1")
    third = merged(second, b, c, "2.2.2")
    assert led(third, "entities", a) == (c, "2.2.1")
    assert led(third, "entities", b) == (c, "2.2.2")


def test_what_a_rolled_back_version_published_is_accounted_for() -> None:
    first = synthetic.build(documents(3))
    withdrawn = synthetic.build(documents(4), Parent.of("2.2.0", first), "2.2.1")
    gone = set(withdrawn["entities"]["entity_id"]) - set(first["entities"]["entity_id"])
    moved = first["entities"]["entity_id"][0]
    renamed = {
        name: withdrawn[name].with_columns(pl.col("entity_id").replace(moved, "ent_00000000000000ff"))
        for name in ("entities", "entity_mentions")
    }
    empty = pl.DataFrame(schema={"retired_id": pl.String, "current_id": pl.String})
    carried = {"entities": empty, "claims": empty}
    tables = {**first}
    tables["redirects"] = redirects_table(
        Parent.of("2.2.0", first), "2.2.2", first, carried, [{**withdrawn, **renamed}]
    )
    assert all(led(tables, "entities", id_) == (None, "2.2.2") for id_ in gone)
    assert led(tables, "entities", "ent_00000000000000ff") == (moved, "2.2.2")
    articles = set(withdrawn["articles"]["article_id"]) - set(first["articles"]["article_id"])
    assert articles
    assert all(led(tables, "articles", id_) == (None, "2.2.2") for id_ in articles)


def test_an_edited_article_leads_to_its_revision() -> None:
    first = documents(3)
    old = synthetic.build(first)
    edited = Document("news/001.txt", (Statement("the quay is safe", "Tobias Renn"),), revision_of=first[1].article_id)
    new = synthetic.build([first[0], edited, first[2]], Parent.of("2.2.0", old), "2.2.1")
    assert led(new, "articles", first[1].article_id) == (edited.article_id, "2.2.1")
    mention = old["entity_mentions"].filter(pl.col("article_id") == first[1].article_id)["mention_id"][0]
    assert led(new, "entity_mentions", mention) == (None, "2.2.1")


def test_conflicts_follow_their_claims() -> None:
    old = synthetic.build(documents(4))
    conflict = old["claim_conflicts"].row(0, named=True)
    heir = "clm_00000000000000ff"
    renamed = {
        name: old[name].with_columns(pl.col(column).replace(conflict["claim_id_a"], heir))
        for name, column in (("claims", "claim_id"), ("claim_mentions", "claim_id"))
    }
    low, high = sorted((heir, conflict["claim_id_b"]))
    again = pl.DataFrame(
        [{**conflict, "conflict_id": "cfl_00000000000000ff", "claim_id_a": low, "claim_id_b": high}],
        schema=old["claim_conflicts"].schema,
    )
    new = {**old, **renamed, "claim_conflicts": again}
    heirs = pl.DataFrame({"retired_id": [conflict["claim_id_a"]], "current_id": [heir]})
    none = heirs.clear()
    new["redirects"] = redirects_table(Parent.of("2.2.0", old), "2.2.1", new, {"claims": heirs, "entities": none})
    assert led(new, "claim_conflicts", conflict["conflict_id"]) == ("cfl_00000000000000ff", "2.2.1")
    assert led(new, "claims", conflict["claim_id_a"]) == (heir, "2.2.1")


@settings(max_examples=15)
@given(st.lists(st.sets(st.integers(0, 7), min_size=1), min_size=2, max_size=4))
def test_every_id_ever_published_is_live_or_redirected(history: list[set[int]]) -> None:
    corpus = documents(8)
    parent, published = None, {name: set() for name in KEYS}
    for number, chosen in enumerate(history):
        version = f"1.0.{number}"
        tables = synthetic.build([corpus[i] for i in sorted(chosen)], parent, version)
        check_tables(tables)
        for name, key in KEYS.items():
            live = set(tables[name][key])
            retired = set(tables["redirects"].filter(pl.col("table") == name)["retired_id"])
            assert live.isdisjoint(retired)
            assert published[name] <= live | retired
            published[name] |= live
        parent = Parent.of(version, tables)


def test_a_corpus_that_grows_by_a_fifth_keeps_every_id() -> None:
    old = synthetic.build(documents(10))
    new = synthetic.build(documents(12), Parent.of("2.2.0", old), "2.2.1")
    for name, key in KEYS.items():
        assert set(old[name][key]) <= set(new[name][key])
    assert new["redirects"].is_empty()
    assert set(new["claims"]["since_version"]) == {"2.2.0"}
