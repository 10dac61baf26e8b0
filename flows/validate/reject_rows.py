"""Validation between resolution and publication: bad rows become rejects, with all that hangs on them.

A column that is missing or of another type is an error of the code and stops the run (ContractError). A value
that the contract forbids costs its row, every row that refers to it, and nothing else; each becomes a row of
`rejects` with the rule it broke and itself as JSON.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

import polars as pl

from flows.errors import ContractError, examples
from flows.plain_text import one_line
from flows.validate.derived_counts import (
    DERIVED_TABLES,
    Miscount,
    Tables,
    count_violations,
    miscounts,
    recounted,
    with_derived,
)
from flows.validate.violations import (
    Violation,
    offset_violations,
    reference_violations,
    row_violations,
    schema_violations,
)
from schemas.contract import Contract, current
from schemas.lineage import ID_TABLES


class Sources:
    """From a row of any table to the file it comes from: its own, or that of the first mention it stands
    on."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._tables = tables

    @cached_property
    def _uris(self) -> dict[str, str]:
        return dict(self._tables["articles"].select("article_id", "source_uri").drop_nulls().iter_rows())

    @cached_property
    def _articles(self) -> dict[str, str]:
        """The first article of every mention, entity and claim."""
        first: dict[str, str] = {}
        for name, keys in (
            ("entity_mentions", ("mention_id", "entity_id")),
            ("claim_mentions", ("claim_mention_id", "claim_id")),
        ):
            for key in keys:
                found = self._tables[name].select(key, "article_id").drop_nulls()
                first |= dict(found.group_by(key).agg(pl.col("article_id").min()).iter_rows())
        return first

    def of(self, table: str, row: Mapping[str, object]) -> str:
        """Return the source_uri of a row; the table's name where nothing leads to a file."""
        own = row.get("source_uri")
        if isinstance(own, str) and own:
            return own
        for column in ("article_id", "entity_id", "claim_id", "claim_id_a", "left_id"):
            value = str(row.get(column))
            article = value if column == "article_id" else self._articles.get(value, "")
            if article in self._uris:
                return self._uris[article]
        return f"table {table}"


def check_schemas(
    tables: Mapping[str, pl.DataFrame], contract: Contract | None = None, without: Collection[str] = ()
) -> None:
    """Raise ContractError where a table is missing or its columns are not the contract's."""
    contract = contract or current()
    found = [f"table {name} is missing" for name in contract.names if name not in tables and name not in without]
    for table in contract.tables:
        if table.name in tables and table.name not in without:
            found += [f"{table.name}: {said}" for said in schema_violations(tables[table.name], table)]
    if found:
        raise ContractError(
            f"tables break contract {contract.version} in {len(found)} places: {examples(found)}. "
            "Nothing was published; this is an error of the code that built them."
        )


def check_tables(tables: Mapping[str, pl.DataFrame], contract: Contract | None = None) -> None:
    """Raise ContractError where the tables break the contract: columns, rows, references, offsets, counts."""
    contract = contract or current()
    check_schemas(tables, contract)
    found = [*_rowwise(tables, contract), *_counts(tables, count_violations)]
    if found:
        first = [f"{v.table}: {v.meaning} ({len(v.rows)} rows do not)" for v in found]
        raise ContractError(f"tables break contract {contract.version} in {len(found)} ways: {examples(first)}")


def validate_rows(
    tables: Mapping[str, pl.DataFrame],
    parent: Mapping[str, pl.DataFrame] | None = None,
    version: str | None = None,
    contract: Contract | None = None,
    held: Mapping[str, pl.DataFrame] | None = None,
) -> dict[str, pl.DataFrame]:
    """Return the tables in published order without the rows that break the contract; those are in `rejects`.

    tables: everything that resolution made, `rejects` of the earlier stages included; what follows from it as a whole
    (`DERIVED_TABLES`) is made here. parent, version: the tables of the previous snapshot and the number of this one; an
    id of the parent that is refused here gets its redirect. held: tables that these same rules found nothing against.

    Raises ContractError for a missing table, wrong columns, and counts that are not those of the mentions:
    there the code is wrong, not a row. The tables that come back satisfy `check_tables`.
    """
    contract = contract or current()
    check_schemas(tables, contract, without=DERIVED_TABLES)
    kept = with_derived({**tables, "rejects": _numbered(tables["rejects"])})
    if wrong := _counts(kept, miscounts):
        first = [f"{v.table}.{v.column}, {len(v.rows)} rows: {v.meaning}" for v in wrong]
        raise ContractError(f"resolution counted wrongly in {len(wrong)} columns: {examples(first)}")
    sources = Sources(tables)
    refused: list[dict[str, object]] = []
    found = _rowwise(kept, contract, held)
    while found:
        kept, rows = _without(kept, found, sources, contract)
        refused += rows
        kept = _recounted(kept, refused, sources, contract)
        kept["redirects"] = _redirected(kept, parent, version, contract)
        found = [v for v in reference_violations(kept, contract) if v.table not in DERIVED_TABLES]
    kept["rejects"] = _numbered(pl.concat([kept["rejects"], pl.DataFrame(refused, schema=kept["rejects"].schema)]))
    _account_for_all(tables, kept, refused)
    return {table.name: table.ordered(kept[table.name]) for table in contract.tables}


def _account_for_all(
    before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame], refused: list[dict[str, object]]
) -> None:
    """Raise ContractError unless every row that went is a reject; redirects and derived tables are made anew."""
    said = Counter(str(row["detail"]).split(" ", 1)[0] for row in refused)
    made_anew = {"redirects", *DERIVED_TABLES}
    gone = {name: before[name].height - after[name].height for name in before if name not in made_anew}
    gone["rejects"] += len(refused)
    if lost := [
        f"{name}: {rows} went, {said[name]} are in rejects" for name, rows in gone.items() if rows != said[name]
    ]:
        raise ContractError(
            f"validation lost rows of {len(lost)} tables: {examples(lost)}; this is an error of onrecord"
        )


def _rowwise(
    tables: Mapping[str, pl.DataFrame], contract: Contract, held: Mapping[str, pl.DataFrame] | None = None
) -> list[Violation]:
    """Every violation of a row, but for tables that follow from others: theirs are violations of those others' rows."""
    primary = [table for table in contract.tables if table.name not in DERIVED_TABLES]
    found = [v for table in primary for v in row_violations(tables[table.name], table)]
    found += [*offset_violations(tables, held), *reference_violations(tables, contract)]
    return [violation for violation in found if violation.table not in DERIVED_TABLES]


def _counts(tables: Mapping[str, pl.DataFrame], wrong: Callable[[Tables], Iterator[Miscount]]) -> list[Violation]:
    return [Violation(name, column, "count", said, rows) for name, column, said, rows in wrong(tables)]


def _without(
    tables: dict[str, pl.DataFrame],
    found: list[Violation],
    sources: Sources,
    contract: Contract,
) -> tuple[dict[str, pl.DataFrame], list[dict[str, object]]]:
    """The tables without the rows that break a rule, and those rows as rejects; each row once, with its first
    violation."""
    why: dict[tuple[str, int], Violation] = {}
    for violation in found:
        for row in violation.rows:
            why.setdefault((violation.table, row), violation)
    kept, refused = dict(tables), []
    for name in dict.fromkeys(violation.table for violation in found):
        rows = sorted(row for table, row in why if table == name)
        frame = tables[name]
        for row, values in zip(rows, frame[rows].to_dicts(), strict=True):
            violation = why[name, row]
            refused.append(_reject(name, values, f"{violation.column}: {violation.meaning}", sources, contract))
        kept[name] = frame.with_row_index("_row").filter(~pl.col("_row").is_in(rows)).drop("_row")
    return kept, refused


def _reject(table: str, row: dict[str, object], said: str, sources: Sources, contract: Contract) -> dict[str, object]:
    key = ", ".join(str(row[name]) for name in contract.table(table).key)
    return {
        "stage": "validate",
        "source_uri": sources.of(table, row),
        "reason": "invalid_row",
        "detail": one_line(f"{table} {key}: {said}"),
        "payload": json.dumps(_lasting(row), ensure_ascii=False, sort_keys=True, default=str),
    }


def _lasting(row: dict[str, object]) -> dict[str, object]:
    """A refused row without the version that it would have appeared in: it never does, and each run has another."""
    return {name: value for name, value in row.items() if name != "since_version"}


def _recounted(
    tables: dict[str, pl.DataFrame],
    refused: list[dict[str, object]],
    sources: Sources,
    contract: Contract,
) -> dict[str, pl.DataFrame]:
    """Counts after rows went; entities and claims that nothing mentions any more are refused, too."""
    again = recounted(tables)
    for name in ("entities", "claims", "stories"):
        key = contract.table(name).key[0]
        gone = tables[name].join(again[name], on=key, how="anti")
        said = f"{key}: every mention of it was refused"
        refused += [_reject(name, row, said, sources, contract) for row in gone.to_dicts()]
    return again


def _redirected(
    tables: dict[str, pl.DataFrame],
    parent: Mapping[str, pl.DataFrame] | None,
    version: str | None,
    contract: Contract,
) -> pl.DataFrame:
    """Redirects after rows went: ends that are gone are null, ids of the parent that are gone have a row."""
    redirects = tables["redirects"]
    for name in ID_TABLES:
        key = contract.table(name).key[0]
        live = tables[name][key].implode()
        lost = (pl.col("table") == name) & ~pl.col("current_id").is_in(live)
        redirects = redirects.with_columns(
            current_id=pl.when(lost).then(pl.lit(None, pl.String)).otherwise("current_id")
        )
        if parent is not None and name in parent and version is not None:
            gone = (
                parent[name].select(retired_id=key).join(tables[name], left_on="retired_id", right_on=key, how="anti")
            )
            new = gone.select(
                table=pl.lit(name), retired_id="retired_id", current_id=pl.lit(None, pl.String),
                since_version=pl.lit(version),
            ).join(redirects, on=["table", "retired_id"], how="anti")  # fmt: skip
            redirects = pl.concat([redirects, new])
    return redirects


def _numbered(rejects: pl.DataFrame) -> pl.DataFrame:
    """The rejects; where two would have the same key, the later ones say in their detail that they are further."""
    key = ["stage", "source_uri", "reason", "detail"]
    numbered = rejects.sort([*key, "payload"], nulls_last=True).with_columns(
        again=pl.int_range(1, pl.len() + 1).over(key)
    )
    detail = pl.when(pl.col("again") > 1).then(pl.format("{} (no. {})", "detail", "again")).otherwise("detail")
    return numbered.with_columns(detail=detail).drop("again")
