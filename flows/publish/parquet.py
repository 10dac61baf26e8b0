"""Tables as Parquet files: the only door to PyArrow, and the only place that knows how a file is laid out.

A file is a function of its table: the same rows give the same bytes, whoever runs it and when. Arrow types
come from the contract, never from the values; strings are plain UTF-8 with 32-bit offsets, which every reader
knows.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import ContractError
from flows.publish.limits import LIMITS
from flows.runtime.fingerprints import file_sha256
from flows.snapshots.manifest import TableFacts
from schemas.contract import Contract, TableContract, type_name

ARROW: dict[str, pa.DataType] = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "date": pa.date32(),
}
"""The Arrow type of each plain type of the contract."""

METADATA_CONTRACT = b"onrecord.contract_version"
METADATA_TABLE = b"onrecord.table"


def arrow_schema(table: TableContract, version: str) -> pa.Schema:
    """Return the Arrow schema of a table, with descriptions, the contract version and the table's name as
    metadata."""
    fields = [
        pa.field(
            column.name,
            _arrow_type(column.dtype),
            nullable=column.nullable,
            metadata={b"description": column.description.encode()},
        )
        for column in table.columns
    ]
    metadata = {METADATA_CONTRACT: version.encode(), METADATA_TABLE: table.name.encode()}
    return pa.schema(fields, metadata=metadata)


def _arrow_type(dtype: object) -> pa.DataType:
    if isinstance(dtype, pl.List):
        return pa.list_(pa.field("element", _arrow_type(dtype.inner)))
    if isinstance(dtype, pl.Struct):
        return pa.struct([pa.field(field.name, _arrow_type(field.dtype)) for field in dtype.fields])
    return ARROW[type_name(dtype)]


def write(frame: pl.DataFrame, table: TableContract, contract: Contract, path: Path) -> TableFacts:
    """Write a table in the contract's order of columns and rows, and say what was written.

    Raises ContractError where a column cannot be what the contract says that it is.
    """
    rows = table.ordered(frame)
    schema = arrow_schema(table, contract.version)
    try:
        with pq.ParquetWriter(
            path, schema, version="2.6", compression="zstd", compression_level=LIMITS.zstd_level, write_statistics=True,
            use_dictionary=True, data_page_version="1.0", store_schema=True,
        ) as writer:  # fmt: skip
            for group in _row_groups(rows):
                arrow = group.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)
                writer.write_table(arrow, row_group_size=max(1, group.height))
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, ValueError) as error:
        raise ContractError(f"table {table.name} cannot be written as contract {contract.version}: {error}") from error
    return TableFacts(
        rows=rows.height,
        bytes=path.stat().st_size,
        sha256=file_sha256(path),
        logical_sha256=logical_sha256(rows, table),
        schema_fingerprint=fingerprint(table),
    )


def _row_groups(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Slices of at most `group_rows` rows, smaller where the rows are long; one empty slice of an empty
    table."""
    if rows.is_empty():
        yield rows
    for group in rows.iter_slices(LIMITS.group_rows):
        pieces = max(1, -(-_text_bytes(group) // LIMITS.group_bytes))
        yield from group.iter_slices(max(1, -(-group.height // pieces)))


def _text_bytes(rows: pl.DataFrame) -> int:
    strings = [pl.col(name).str.len_bytes().sum() for name, kind in rows.schema.items() if kind == pl.String]
    return sum(total or 0 for total in rows.select(strings).row(0)) if strings else 0


def fingerprint(table: TableContract) -> str:
    """Return the SHA-256 of a table's column names, types and nullability, in order."""
    return _fingerprint([[c.name, type_name(c.dtype), c.nullable] for c in table.columns])


def _fingerprint(columns: list[list[object]]) -> str:
    return hashlib.sha256(json.dumps(columns, separators=(",", ":")).encode()).hexdigest()


def logical_sha256(rows: pl.DataFrame, table: TableContract) -> str:
    """Return the SHA-256 of a table's rows in key order, whoever wrote them into whatever file.

    Column by column in slices of LIMITS.group_rows: name and type, then which values are there, then lengths and
    contents; lists and structs by their parts. Independent of Polars, Arrow and the order of the rows given.
    """
    keyed = _keyed(rows.select(table.schema.names()), table)
    digest = hashlib.sha256()
    digest.update(json.dumps([table.name, keyed.height]).encode())
    for column in table.columns:
        digest.update(json.dumps([column.name, type_name(column.dtype)]).encode())
        for start in range(0, keyed.height, LIMITS.group_rows):
            for part in _canonical(keyed[column.name].slice(start, LIMITS.group_rows)):
                digest.update(len(part).to_bytes(8, "little"))
                digest.update(part)
    return digest.hexdigest()


def _keyed(rows: pl.DataFrame, table: TableContract) -> pl.DataFrame:
    """Rows in the order of their key, and of all plain columns where a broken table has a key twice."""
    once = rows.select(pl.struct(table.key).n_unique()).item() == rows.height
    return rows.sort([*table.key, *([] if once else _plain(table))], nulls_last=True)


def _plain(table: TableContract) -> list[str]:
    return [c.name for c in table.columns if not c.dtype.is_nested() and c.name not in table.key]


def _canonical(values: pl.Series) -> Iterator[bytes | memoryview]:
    """The bytes of a column: validity, then values without nulls; floats as IEEE doubles with one zero."""
    yield _bytes(values.is_not_null().cast(pl.UInt8), "u1")
    present = values.drop_nulls()
    if isinstance(present.dtype, pl.List):
        yield _bytes(present.list.len().cast(pl.Int64), "<i8")
        yield from _canonical(present.explode(empty_as_null=False))
    elif isinstance(present.dtype, pl.Struct):
        for field in present.struct.fields:
            yield from _canonical(present.struct.field(field))
    elif present.dtype == pl.String:
        yield _bytes(present.str.len_bytes().cast(pl.Int64), "<i8")
        yield _text(present)
    elif present.dtype == pl.Float64:
        yield _bytes(present + 0.0, "<f8")
    else:
        yield _bytes(present.to_physical().cast(pl.Int64), "<i8")


def _text(values: pl.Series) -> bytes | memoryview:
    """The UTF-8 of texts without nulls, one after the other, as they lie in memory."""
    if values.is_empty():
        return b""
    texts = values.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, ends, data = texts.buffers()
    at = pa.Array.from_buffers(pa.int64(), len(texts) + 1, [None, ends], offset=texts.offset)
    return memoryview(data)[at[0].as_py() : at[len(texts)].as_py()] if data else b""


def _bytes(values: pl.Series, kind: str) -> bytes:
    return values.to_numpy().astype(kind, copy=False).tobytes()


def describe(path: Path) -> dict[str, object]:
    """Return what a Parquet file says of itself: columns as [name, type, nullable], fingerprint, key-value metadata,
    rows.

    Types are the Arrow types in the file, spelt as in the contract where the contract has them, else as Arrow
    does. Raises OSError or pyarrow's ArrowInvalid (a ValueError) where it is no Parquet file.
    """
    with pq.ParquetFile(path) as file:
        schema, metadata = file.schema_arrow, file.schema_arrow.metadata or {}
        columns = [[field.name, _spelt(field.type), field.nullable] for field in schema]
        codecs = {
            file.metadata.row_group(g).column(c).compression
            for g in range(file.metadata.num_row_groups)
            for c in range(file.metadata.num_columns)
        }
        return {
            "columns": columns,
            "fingerprint": _fingerprint(columns),
            "rows": file.metadata.num_rows,
            "contract_version": metadata.get(METADATA_CONTRACT, b"").decode(errors="replace"),
            "table": metadata.get(METADATA_TABLE, b"").decode(errors="replace"),
            "codecs": sorted(codecs),
        }


def _spelt(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list<{_spelt(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{field.name}: {_spelt(field.type)}' for field in kind)}>"
    return next((name for name, plain in ARROW.items() if kind == plain), str(kind))


def read_arrow(path: Path) -> pa.Table:
    """Return a file as an Arrow table with the types and descriptions that it was written with."""
    return pq.read_table(path)
