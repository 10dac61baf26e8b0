"""Validation of rows: each violation is found and named, costs its row and its dependants, and nothing else."""

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import ContractError
from flows.resolve.identity.carry_ids import Parent
from flows.validate import reject_rows as validation
from flows.validate.derived_counts import DERIVED_TABLES
from flows.validate.reject_rows import check_tables, validate_rows
from flows.validate.violations import violations
from schemas.contract import current
from schemas.derived import sources
from tests.builders import synthetic
from tests.builders.synthetic import documents

CONTRACT = current()
TABLES = synthetic.build(documents(5))
FIRST = pl.int_range(pl.len()) == 0
ATTRIBUTED = pl.col("cue").is_not_null() & (pl.col("cue").is_not_null().cum_sum() == 1)


def altered(table: str, **values: pl.Expr | object) -> dict[str, pl.DataFrame]:
    """The tables with other values in the first row of one of them (the first attributed one of claim_mentions)."""
    frame = TABLES[table]
    row = ATTRIBUTED if table == "claim_mentions" else FIRST
    changed = frame.with_columns(
        pl.when(row)
        .then(value if isinstance(value, pl.Expr) else pl.lit(value, frame.schema[name]))
        .otherwise(name)
        .alias(name)
        for name, value in values.items()
    )
    return {**TABLES, table: changed.cast(dict(frame.schema))}


NOTHING = dict.fromkeys(("value", "unit", "surface", "bound", "base_value", "base_unit"))

TOLD, SAID = ({"start_char": 0, "end_char": 4, "kind": kind} for kind in ("background", "verbatim"))
THEN, LATER, LAST = ({"start_char": at, "end_char": at + 2, "kind": "background"} for at in (5, 8, 11))

BROKEN = [
    ("articles", {"language": "EN"}, "language satisfies str_matches"),
    ("articles", {"text": ""}, "text satisfies str_length"),
    ("articles", {"word_count": -1}, "word_count satisfies greater_than_or_equal_to"),
    ("articles", {"source_sha256": None}, "source_sha256 is never null"),
    ("articles", {"duplicate_of": pl.col("article_id")}, "an article is no copy of itself"),
    ("articles", {"duplicate_of": "art_0000000000000000"}, "every duplicate_of is a article_id of articles"),
    ("entity_mentions", {"mention_id": "men_1"}, "mention_id satisfies str_matches"),
    ("entity_mentions", {"mention_type": "gesture"}, "mention_type satisfies isin"),
    ("entity_mentions", {"surface": "Nobody here"}, "the range is as long as the surface"),
    ("entity_mentions", {"start_char": pl.col("start_char") + 1, "end_char": pl.col("end_char") + 1}, "is surface"),
    ("entity_mentions", {"start_char": pl.col("end_char")}, "start_char is before end_char"),
    ("claim_mentions", {"spans": []}, "there is a span"),
    ("claim_mentions", {"text": pl.col("text").str.to_uppercase()}, "joined with one space, are text"),
    ("claim_mentions", {"end_char": pl.col("end_char") + 1}, "enclose the spans"),
    ("claim_mentions", {"confidence": 1.5}, "confidence satisfies less_than_or_equal_to"),
    ("claim_mentions", {"cue_start_char": None}, "are all there or all null"),
    ("claim_mentions", {"entity_ids": ["ent_b", "ent_a"]}, "in ascending order"),
    ("claim_mentions", {"entity_ids": ["ent_0000000000000000"]}, "every entity_ids is a entity_id of entities"),
    ("claim_mentions", {"attribution": "narrated"}, "has no speaker and no cue"),
    ("claim_mentions", {"dates": [{"iso": "17.2.2008", "surface": "then"}]}, "ISO 8601"),
    ("claim_mentions", {"quantities": [{**NOTHING, "value": float("inf"), "surface": "all"}]}, "finite"),
    ("claim_mentions", {"quantities": [{**NOTHING, "value": 4.0, "surface": "4", "bound": "some"}]}, "vocabulary"),
    ("claim_mentions", {"statement": "Nobody said so."}, "statement is what its parts make"),
    ("claim_mentions", {"statement_parts": [TOLD, THEN, LATER, LAST, SAID]}, "backgrounds are the first parts"),
    ("claim_mentions", {"statement_parts": [TOLD, SAID, THEN]}, "backgrounds are the first parts"),
    ("claim_mentions", {"statement_parts": [THEN, TOLD, SAID]}, "backgrounds are the first parts"),
    ("claim_mentions", {"speaker_ids": []}, "speaker_id is the first of speaker_ids"),
    ("claim_mentions", {"attribution_id": None}, "what is attributed has an attribution_id"),
    ("claim_mentions", {"context_end_char": 1}, "the context encloses the words"),
    ("claims", {"polarity": "maybe"}, "polarity satisfies isin"),
    ("claims", {"entity_ids": None}, "entity_ids is never null"),
    ("claims", {"since_version": "1.0"}, "since_version satisfies str_matches"),
    ("claim_conflicts", {"claim_id_a": pl.col("claim_id_b")}, "claim_id_a is less than claim_id_b"),
    ("resolution_edges", {"left_id": pl.col("right_id")}, "left_id is less than right_id"),
    ("rejects", {"reason": "bored"}, "reason satisfies isin"),
]


@pytest.mark.parametrize(("table", "values", "said"), BROKEN, ids=[f"{t}-{','.join(v)}-{s}" for t, v, s in BROKEN])
def test_a_bad_row_is_found_and_becomes_a_reject(table: str, values: dict, said: str) -> None:
    tables = altered(table, **values)
    found = [v for v in violations(tables, CONTRACT) if v.table == table]
    assert any(said in violation.meaning for violation in found), [v.meaning for v in found]
    valid = validate_rows(tables)
    check_tables(valid)
    refused = valid["rejects"].filter(pl.col("stage") == "validate")
    assert any(row["detail"].startswith(f"{table} ") for row in refused.iter_rows(named=True))
    assert {json.loads(payload) is not None for payload in refused["payload"]} == {True}
    before, after = (
        sum(frame.height for name, frame in found.items() if name not in DERIVED_TABLES) for found in (tables, valid)
    )
    assert before == after, "every row is in a table or in rejects"
    again = validate_rows(tables, held=TABLES)  # what the parent has in order is not looked at, what changed is
    assert all(again[name].equals(valid[name]) for name in valid)


def test_good_tables_come_back_as_they_are() -> None:
    assert violations(TABLES, CONTRACT) == []
    with pytest.raises(ContractError, match="articles: language satisfies str_matches"):
        check_tables(altered("articles", language="EN"))
    valid = validate_rows({name: frame.reverse() for name, frame in TABLES.items()})
    assert all(valid[name].equals(TABLES[name]) for name in TABLES)


def test_a_repeated_key_costs_the_second_row_only() -> None:
    twice = {**TABLES, "entities": pl.concat([TABLES["entities"], TABLES["entities"].head(1)])}
    valid = validate_rows(twice)
    assert valid["entities"].equals(TABLES["entities"])
    (detail,) = valid["rejects"].filter(pl.col("stage") == "validate")["detail"]
    assert "no two rows have the same entity_id" in detail


def test_a_bad_article_takes_all_that_stands_on_it() -> None:
    article = TABLES["articles"]["article_id"][0]
    valid = validate_rows(altered("articles", language="english"))
    for table in ("articles", "entity_mentions", "claim_mentions"):
        assert article not in valid[table]["article_id"].to_list()
    uri = TABLES["articles"]["source_uri"][0]
    refused = valid["rejects"].filter(pl.col("stage") == "validate")
    assert refused.filter(pl.col("detail").str.starts_with("articles "))["source_uri"].to_list() == [uri]
    mentions = refused.filter(pl.col("detail").str.starts_with("entity_mentions "))
    assert set(mentions["source_uri"]) == {uri}
    assert valid["claims"]["mention_count"].sum() == valid["claim_mentions"].height


def test_ids_of_the_parent_that_are_refused_get_a_redirect() -> None:
    parent = TABLES
    tables = synthetic.build(documents(5), Parent.of("1.0.0", parent), "1.0.1")
    article = tables["articles"]["article_id"][0]
    tables["articles"] = tables["articles"].with_columns(
        language=pl.when(FIRST).then(pl.lit("?")).otherwise("language")
    )
    valid = validate_rows(tables, parent, "1.0.1")
    gone = valid["redirects"].filter(pl.col("retired_id") == article).to_dicts()
    assert gone == [{"table": "articles", "retired_id": article, "current_id": None, "since_version": "1.0.1"}]
    check_tables(valid)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.drop("language"), "column language is missing"),
        (lambda f: f.with_columns(mood=pl.lit("calm")), "column mood is not in the contract"),
        (lambda f: f.with_columns(pl.col("word_count").cast(pl.Int64)), "word_count is int64, the contract says int32"),
        (lambda f: f.select(reversed(f.columns)), "columns are in the order"),
    ],
)
def test_a_bad_schema_stops_the_run(change, said: str) -> None:
    with pytest.raises(ContractError, match=said):
        validate_rows({**TABLES, "articles": change(TABLES["articles"])})
    with pytest.raises(ContractError, match="table claims is missing"):
        validate_rows({name: frame for name, frame in TABLES.items() if name != "claims"})


@pytest.mark.parametrize(
    ("table", "column"),
    [("entities", "mention_count"), ("claims", "independent_count"), ("claims", "publisher_count")],
)
def test_wrong_counts_stop_the_run(table: str, column: str) -> None:
    with pytest.raises(ContractError, match=f"counted wrongly.*{table}.{column}"):
        validate_rows(altered(table, **{column: pl.col(column) + 1}))


def test_rejects_with_one_key_are_told_apart() -> None:
    row = TABLES["rejects"].head(1)
    three = pl.concat([row, row.with_columns(payload=pl.lit("{}")), row])
    valid = validate_rows({**TABLES, "rejects": three})
    assert valid["rejects"]["detail"].to_list() == ["no bytes", "no bytes (no. 2)", "no bytes (no. 3)"]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()), max_size=12))
def test_copies_and_revisions_share_a_source_however_chained(links: list[tuple[int, int, bool]]) -> None:
    names = [f"a{i}" for i in range(8)]
    copies: dict[int, int] = {}
    revisions: dict[int, int] = {}
    for article, earlier, copy in links:
        (copies if copy else revisions)[article] = earlier
    articles = pl.DataFrame(
        {
            "article_id": names,
            "duplicate_of": [names[copies[i]] if i in copies else None for i in range(8)],
            "revision_of": [names[revisions[i]] if i in revisions else None for i in range(8)],
        },
        schema=dict.fromkeys(("article_id", "duplicate_of", "revision_of"), pl.String),
    )
    group = {i: {i} for i in range(8)}
    for edges in (copies, revisions):
        for a, b in edges.items():
            joined = group[a] | group[b]
            for member in joined:
                group[member] = joined
    found = dict(sources(articles).iter_rows())
    for i in range(8):
        assert {j for j in range(8) if found[names[j]] == found[names[i]]} == group[i]


def test_a_row_that_goes_and_is_no_reject_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    sort_out = validation._without

    def forgetful(*arguments: object) -> object:
        kept, refused = sort_out(*arguments)
        return kept, refused[:-1]

    monkeypatch.setattr(validation, "_without", forgetful)
    with pytest.raises(ContractError, match="validation lost rows of 3 tables: 'articles: 1 went, 0 are"):
        validate_rows(altered("articles", language="EN"))
