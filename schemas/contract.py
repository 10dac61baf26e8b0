"""The contract as one value: every table, column, type, bound, key and reference of a contract version.

Derived from the models for the current version (`current`) and read from `schemas/contracts/` for every
released one (`schemas.odcs`), so that a snapshot of any version is checked against the contract that it
names.
"""

from dataclasses import dataclass
from functools import cache
from inspect import cleandoc

import pandera.polars as pa
import polars as pl

from schemas.tables import TABLES, Reference, Table
from schemas.vocabularies import CONTRACT_VERSION


@dataclass(frozen=True)
class Column:
    """A column: its type, what it means, and the bounds of its values (None: unbounded)."""

    name: str
    dtype: pl.DataType
    nullable: bool
    description: str
    unique: bool = False
    pattern: str | None = None
    values: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None


@dataclass(frozen=True)
class TableContract:
    """A table: what a row is, its columns in order, its primary key, the order of its rows, its
    references."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def schema(self) -> pl.Schema:
        """Names and types of the columns, in order."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    def empty(self) -> pl.DataFrame:
        """Return the table without a row."""
        return pl.DataFrame(schema=self.schema)

    def ordered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the table's columns in the contract's order, its rows sorted as published; ties by the rest of the
        row."""
        plain = [c.name for c in self.columns if not c.dtype.is_nested() and c.name not in self.order]
        return frame.select(self.schema.names()).sort([*self.order, *plain], nulls_last=True)


@dataclass(frozen=True)
class Contract:
    """Every table of a contract version."""

    version: str
    tables: tuple[TableContract, ...]

    def table(self, name: str) -> TableContract:
        """Return a table by name; KeyError where the contract has none of that name."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables, in the order in which people read them."""
        return tuple(table.name for table in self.tables)


@cache
def current() -> Contract:
    """Return the contract that the models of this code state."""
    return Contract(CONTRACT_VERSION, tuple(_table(table) for table in TABLES.values()))


def _table(table: Table) -> TableContract:
    schema = table.model.to_schema()
    columns = tuple(_column(column) for column in schema.columns.values())
    description = cleandoc(table.model.__doc__ or "")
    place = [column.name for column in columns]
    references = tuple(sorted(table.references, key=lambda reference: place.index(reference.column)))
    return TableContract(table.name, description, columns, table.key, table.order, references)


def _column(column: pa.Column) -> Column:
    bounds: dict[str, object] = {}
    for check in column.checks:
        stated = check.statistics or {}
        if check.name == "str_matches":
            bounds["pattern"] = _regular_expression(stated["pattern"])
        elif check.name == "isin":
            bounds["values"] = tuple(str(value) for value in stated["allowed_values"])
        elif check.name == "greater_than_or_equal_to":
            bounds["minimum"] = stated["min_value"]
        elif check.name == "less_than_or_equal_to":
            bounds["maximum"] = stated["max_value"]
        elif check.name == "str_length":
            bounds["min_length"] = stated["min_value"]
        else:
            raise ValueError(f"column {column.name} has a check {check.name!r} that the contract cannot express")
    return Column(
        str(column.name),
        column.dtype.type if isinstance(column.dtype.type, pl.DataType) else column.dtype.type(),
        column.nullable,
        column.description or "",
        column.unique,
        **bounds,  # type: ignore[arg-type]
    )


def _regular_expression(pattern: object) -> str:
    return pattern if isinstance(pattern, str) else pattern.pattern  # type: ignore[attr-defined]


PLAIN: dict[str, pl.DataType] = {
    "string": pl.String(),
    "boolean": pl.Boolean(),
    "int32": pl.Int32(),
    "int64": pl.Int64(),
    "float64": pl.Float64(),
    "date": pl.Date(),
}
"""The plain types that a contract may use, by their name in it; lists and structs are made of them."""


def type_name(dtype: object) -> str:
    """Return a type in one word of the contract, e.g. `list<struct<start_char: int32, end_char: int32>>`."""
    if isinstance(dtype, pl.List):
        return f"list<{type_name(dtype.inner)}>"
    if isinstance(dtype, pl.Struct):
        return f"struct<{', '.join(f'{field.name}: {type_name(field.dtype)}' for field in dtype.fields)}>"
    return next((name for name, plain in PLAIN.items() if dtype == plain), str(dtype).lower())


@cache
def pandera_schema(table: TableContract) -> pa.DataFrameSchema:
    """Return the Pandera schema of a table of any contract version; for the current one it says what the model
    says."""
    columns = {}
    for column in table.columns:
        checks = []
        if column.pattern is not None:
            checks.append(pa.Check.str_matches(column.pattern))
        if column.values is not None:
            checks.append(pa.Check.isin([*column.values]))
        if column.minimum is not None:
            checks.append(pa.Check.ge(column.minimum))
        if column.maximum is not None:
            checks.append(pa.Check.le(column.maximum))
        if column.min_length is not None:
            checks.append(pa.Check.str_length(min_value=column.min_length))
        columns[column.name] = pa.Column(column.dtype, checks=checks, nullable=column.nullable, unique=column.unique)
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=table.name)
