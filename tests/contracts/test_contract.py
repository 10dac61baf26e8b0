"""The contract: one statement in models, documents and dictionary; broken in many ways, each named."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest
import yaml

from flows.cli import contracts
from flows.errors import ContractError
from schemas import odcs
from schemas.compatibility import Demand, changes, unannounced
from schemas.contract import Column, Contract, TableContract, current, pandera_schema
from schemas.tables import TABLES, Reference

CONTRACT = current()


def test_the_documents_are_fresh() -> None:
    stale = contracts.stale(CONTRACT)
    assert stale == [], "run `onrecord contracts write`"


def test_the_document_says_all_that_the_models_say() -> None:
    assert odcs.from_odcs(yaml.safe_load(odcs.to_yaml(CONTRACT))) == CONTRACT
    assert odcs.released()[CONTRACT.version] == CONTRACT


@pytest.mark.parametrize("name", CONTRACT.names)
def test_the_contract_says_all_that_a_model_says(name: str) -> None:
    model, made = TABLES[name].model.to_schema(), pandera_schema(CONTRACT.table(name))
    assert list(model.columns) == list(made.columns)
    for column, stated in model.columns.items():
        other = made.columns[column]
        assert (stated.dtype, stated.nullable, stated.unique) == (other.dtype, other.nullable, other.unique)
        assert [check.name for check in stated.checks] == [check.name for check in other.checks]
        for one, two in zip(stated.checks, other.checks, strict=True):
            assert str(one.statistics) == str(two.statistics) or one.name == "isin"


def table(name: str, change: Callable[[TableContract], TableContract]) -> Contract:
    """The contract with one table changed."""
    return replace(CONTRACT, tables=tuple(change(t) if t.name == name else t for t in CONTRACT.tables))


def column(path: str, **values: object) -> Contract:
    """The contract with one column changed, given as table.column."""
    owner, _, wanted = path.partition(".")

    def change(of: TableContract) -> TableContract:
        columns = tuple(replace(c, **values) if c.name == wanted else c for c in of.columns)
        return replace(of, columns=columns)

    return table(owner, change)


NEW = Column("mood", pl.String(), True, "How it sounds.")

BREAKS = {
    "claims.text column removed": table("claims", lambda t: replace(t, columns=t.columns[:1] + t.columns[2:])),
    "claims.text column removed, renamed": column("claims.text", name="wording"),
    "articles.word_count column retyped": column("articles.word_count", dtype=pl.Int64()),
    "claim_mentions.spans column retyped": column("claim_mentions.spans", dtype=pl.List(pl.Int32())),
    "entities.name column made nullable": column("entities.name", nullable=True),
    "claim_mentions.modality enum value dropped": column("claim_mentions.modality", values=("asserted",)),
    "claim_mentions.modality enum opened": column("claim_mentions.modality", values=None),
    "claims primary key changed": table("claims", lambda t: replace(t, key=("text",))),
    "claims order of rows changed": table("claims", lambda t: replace(t, order=("text",))),
    "claims columns reordered": table("claims", lambda t: replace(t, columns=t.columns[::-1])),
    "claims.claim_id uniqueness dropped": column("claims.claim_id", unique=False),
    "claims.claim_id pattern changed": column("claims.claim_id", pattern="^claim"),
    "claims.mention_count minimum changed": column("claims.mention_count", minimum=0),
    "claims.text least length changed": column("claims.text", min_length=0),
    "claim_mentions.confidence maximum changed": column("claim_mentions.confidence", maximum=100),
    "claim_mentions.claim_id reference removed": table("claim_mentions", lambda t: replace(t, references=())),
    "rejects table removed": replace(CONTRACT, tables=CONTRACT.tables[:-1]),
}
ADDITIONS = {
    "claims.mood column added": table("claims", lambda t: replace(t, columns=(*t.columns, NEW))),
    "moods table added": replace(
        CONTRACT, tables=(*CONTRACT.tables, TableContract("moods", "A mood.", (NEW,), ("mood",), ("mood",), ()))
    ),
    "claims.polarity enum value added": column("claims.polarity", values=("affirmed", "negated", "mixed")),
    "articles.title nulls forbidden": column("articles.title", nullable=False),
    "articles.title made unique": column("articles.title", unique=True),
    "articles.title pattern changed": column("articles.title", pattern="^[A-Z]"),
    "articles.word_count maximum changed": column("articles.word_count", maximum=1000),
    "articles.revision_of reference added": table(
        "articles",
        lambda t: replace(t, references=(*t.references, Reference("revision_of", "articles", "article_id"))),
    ),
}


def named(new: Contract, wanted: str) -> bool:
    place, _, rule = wanted.split(",", maxsplit=1)[0].partition(" ")
    return any((change.place, change.rule) == (place, rule) for change in unannounced(CONTRACT, new))


@pytest.mark.parametrize("wanted", [*BREAKS, *ADDITIONS])
def test_a_change_under_the_same_version_is_named(wanted: str) -> None:
    assert named({**BREAKS, **ADDITIONS}[wanted], wanted)


@pytest.mark.parametrize("wanted", BREAKS)
def test_a_break_needs_a_new_major(wanted: str) -> None:
    assert named(replace(BREAKS[wanted], version="2.2"), wanted)
    assert unannounced(CONTRACT, replace(BREAKS[wanted], version="3.0")) == []


@pytest.mark.parametrize("wanted", ADDITIONS)
def test_an_addition_needs_a_new_minor(wanted: str) -> None:
    assert all(change.demand is Demand.MINOR for change in changes(CONTRACT, ADDITIONS[wanted]))
    assert unannounced(CONTRACT, replace(ADDITIONS[wanted], version="2.3")) == []


def test_a_better_description_is_no_change() -> None:
    assert changes(CONTRACT, column("claims.text", description="Better words.")) == []


def test_check_names_column_and_rule(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    contracts.check()
    assert "holds: 12 tables" in capsys.readouterr().out
    monkeypatch.setattr("schemas.contract.current", lambda: BREAKS["entities.name column made nullable"])
    with pytest.raises(ContractError, match=r"entities\.name: column made nullable .* needs a new MAJOR"):
        contracts.check()
    with pytest.raises(ContractError, match="is released and 1 changes break it"):
        contracts.write()
    monkeypatch.setattr("schemas.contract.current", lambda: column("claims.text", description="Better words."))
    with pytest.raises(ContractError, match=r"2\.2\.yaml.*README\.md do not say what the models say"):
        contracts.check()
