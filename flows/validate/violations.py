"""Finding every row that breaks the contract: types and bounds, rules of a row, keys, references, offsets,
counts.

Nothing here changes a table. `flows.validate.reject_rows` moves bad rows to `rejects` during a build; `onrecord
validate` reports them for a published snapshot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl
from pandera.errors import SchemaErrors

from flows.validate.derived_counts import count_violations
from flows.validate.offset_invariant import broken_offsets
from schemas.contract import Contract, TableContract, pandera_schema, type_name
from schemas.lineage import RESOLVED_TABLES
from schemas.row_rules import RULES
from schemas.tables import Reference

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Violation:
    """A rule that rows of a table break: which rows (by number), the column that breaks it, what the rule says."""

    table: str
    column: str
    rule: str
    meaning: str
    rows: tuple[int, ...]

    def examples(self, frame: pl.DataFrame, key: tuple[str, ...], most: int = 3) -> list[str]:
        """Return the first rows that break it: key and value, shortened for a message."""
        columns = [*key, *([self.column] if self.column in frame.columns and self.column not in key else [])]
        shown = frame[list(self.rows[:most])].select(columns)
        return [", ".join(f"{name} {_short(value)}" for name, value in row.items()) for row in shown.to_dicts()]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def schema_violations(frame: pl.DataFrame, table: TableContract) -> list[str]:
    """Return how a frame's columns differ from the contract's: missing, unknown, of another type, in another order."""
    expected, found = table.schema, frame.schema
    wrong = [f"column {name} is missing" for name in expected if name not in found]
    wrong += [f"column {name} is not in the contract" for name in found if name not in expected]
    for name, dtype in expected.items():
        if name in found and found[name] != dtype:
            wrong.append(f"column {name} is {type_name(found[name])}, the contract says {type_name(dtype)}")
    if not wrong and list(found) != list(expected):
        wrong.append(f"columns are in the order {', '.join(found)}, the contract says {', '.join(expected)}")
    return wrong


def row_violations(frame: pl.DataFrame, table: TableContract) -> Iterator[Violation]:
    """Yield rows whose values the table's columns, primary key or rules forbid."""
    yield from _bounds(frame, table)
    yield from _repeated_keys(frame, table)
    for rule in RULES.get(table.name, ()):
        if rule.applies_to(frame.schema):
            broken = frame.select(rule.holds.fill_null(True).not_().arg_true()).to_series()
            if len(broken):
                yield Violation(table.name, rule.column, rule.name, rule.meaning, tuple(broken))


def _bounds(frame: pl.DataFrame, table: TableContract) -> Iterator[Violation]:
    """What Pandera finds, by column and check; a repeated key is left to `_repeated_keys`, which spares the
    first."""
    try:
        pandera_schema(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.filter(pl.col("check") != "field_uniqueness")
        unplaced = cases.filter(pl.col("index").is_null())
        if unplaced.height:
            raise errors
        grouped = cases.group_by("column", "check", maintain_order=True).agg(pl.col("index").unique().sort())
        for column, check, rows in grouped.iter_rows():
            yield Violation(table.name, column, _rule_name(check), _said(check, column), tuple(rows))


def _rule_name(check: str) -> str:
    return check.split("(", maxsplit=1)[0]


def _said(check: str, column: str) -> str:
    if check == "not_nullable":
        return f"{column} is never null"
    readable = check.replace("<", "").replace(">", "")
    return f"{column} satisfies {readable[:100]}"


def _repeated_keys(frame: pl.DataFrame, table: TableContract) -> Iterator[Violation]:
    """Every row but the first that has a primary key once more."""
    repeated = frame.select((~pl.struct(table.key).is_first_distinct()).arg_true()).to_series()
    if len(repeated):
        key = " and ".join(table.key)
        yield Violation(table.name, table.key[0], "primary_key", f"no two rows have the same {key}", tuple(repeated))


def reference_violations(tables: Tables, contract: Contract) -> Iterator[Violation]:
    """Yield rows that refer to a row which is not there: foreign keys, list elements, ends of edges and redirects."""
    for table in contract.tables:
        for reference in table.references:
            yield from _dangling(tables, table.name, reference)
    yield from _edge_ends(tables, contract)
    yield from _redirect_ends(tables, contract)


def _dangling(tables: Tables, name: str, reference: Reference) -> Iterator[Violation]:
    frame = tables[name].select(value=reference.column).with_row_index("row")
    if isinstance(frame.schema["value"], pl.List):
        frame = frame.explode("value")
    keys = tables[reference.to_table].select(value=reference.to_column)
    rows = frame.drop_nulls("value").join(keys, on="value", how="anti")["row"].unique().sort()
    if len(rows):
        meaning = f"every {reference.column} is a {reference.to_column} of {reference.to_table}"
        yield Violation(name, reference.column, "reference", meaning, tuple(rows))


def _edge_ends(tables: Tables, contract: Contract) -> Iterator[Violation]:
    known = pl.concat(
        tables[name].select(pl.lit(name).alias("table"), pl.col(contract.table(name).key[0]).alias("id"))
        for name in RESOLVED_TABLES
    )
    edges = tables["resolution_edges"].with_row_index("row")
    for end in ("left_id", "right_id"):
        rows = edges.join(known, left_on=["table", end], right_on=["table", "id"], how="anti")["row"]
        if len(rows):
            yield Violation(
                "resolution_edges",
                end,
                "reference",
                f"every {end} is a row of the table it names",
                tuple(rows.sort()),
            )


def _redirect_ends(tables: Tables, contract: Contract) -> Iterator[Violation]:
    single = [table for table in contract.tables if len(table.key) == 1]
    live = pl.concat(tables[t.name].select(pl.lit(t.name).alias("table"), pl.col(t.key[0]).alias("id")) for t in single)
    redirects = tables["redirects"].with_row_index("row")
    alive = redirects.join(live, left_on=["table", "retired_id"], right_on=["table", "id"], how="semi")["row"]
    if len(alive):
        meaning = "a retired id is in no table any more"
        yield Violation("redirects", "retired_id", "retired", meaning, tuple(alive.sort()))
    ends = redirects.drop_nulls("current_id")
    lost = ends.join(live, left_on=["table", "current_id"], right_on=["table", "id"], how="anti")["row"]
    if len(lost):
        meaning = "a current id is a row of its table: chains are followed to their end"
        yield Violation("redirects", "current_id", "reference", meaning, tuple(lost.sort()))


def offset_violations(tables: Tables, held: Tables | None = None) -> Iterator[Violation]:
    """Yield rows whose ranges do not cut their own words out of the article's text; held: as `broken_offsets`."""
    for table, column, meaning, rows in broken_offsets(tables, held):
        yield Violation(table, column, "offsets", meaning, rows)


def order_violations(tables: Tables, contract: Contract) -> Iterator[Violation]:
    """Yield tables whose rows are not in the published order: the first row that is out of place."""
    for table in contract.tables:
        frame = tables[table.name].select(table.order)
        place = frame.with_row_index("row").sort(table.order, nulls_last=True, maintain_order=True)["row"]
        moved = (place != pl.arange(0, frame.height, eager=True)).arg_true()
        if len(moved):
            meaning = f"rows are sorted by {', '.join(table.order)}"
            yield Violation(table.name, table.order[0], "order", meaning, tuple(moved))


def violations(tables: Tables, contract: Contract) -> list[Violation]:
    """Return everything that is wrong with the rows of a whole set of tables whose columns are the contract's."""
    found: list[Violation] = []
    for table in contract.tables:
        found += row_violations(tables[table.name], table)
    found += reference_violations(tables, contract)
    found += offset_violations(tables)
    found += order_violations(tables, contract)
    for name, column, meaning, rows in count_violations(tables):
        found.append(Violation(name, column, "count", meaning, rows))
    return found
