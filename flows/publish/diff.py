"""What differs between two snapshots, row by row: `apply(old, diff(old, new)) == new`, on published rows.

A table's difference is a frame: change (added | removed | changed), cause, changed_columns, and the table's
own columns, which hold the new row, or the old one where it was removed. Rows are told apart by primary key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from flows.column_differences import differs
from flows.errors import SnapshotError
from flows.publish.change_causes import SEPARATOR, Compared, Side, Tables, causes
from flows.publish.change_causes import differences as differences_of_builds
from flows.snapshots import manifest
from flows.snapshots.inputs import read_inputs
from flows.snapshots.manifest import TableChanges
from flows.snapshots.reader import Snapshot
from schemas.contract import Contract, TableContract, current
from schemas.vocabularies import Cause

CHANGE_COLUMNS = {"change": pl.String, "cause": pl.String, "changed_columns": pl.List(pl.String)}
CHANGES = ("added", "removed", "changed")


@dataclass(frozen=True)
class SnapshotDiff:
    """The differences of every table, by name; old and new are versions (old is None: everything is
    added)."""

    old: str | None
    new: str
    tables: dict[str, pl.DataFrame]
    builds: dict[Cause, list[str]] = field(default_factory=dict)
    """What differs between the two builds besides articles, by cause."""

    def changes(self) -> dict[str, TableChanges]:
        """Count the rows added, removed and changed per table, and how many of them for which cause: as in the
        manifest. A row that may have several causes counts for each."""
        counted = {}
        for name, frame in self.tables.items():
            kinds = dict(frame.group_by("change").len().iter_rows())
            each = frame.select(pl.col("cause").str.split(SEPARATOR).explode())
            by_cause = dict(each.group_by("cause").len().sort("cause").iter_rows())
            counted[name] = TableChanges(**{kind: kinds.get(kind, 0) for kind in CHANGES}, causes=by_cause)
        return counted

    def is_empty(self) -> bool:
        """Tell whether the two hold the same rows."""
        return all(frame.is_empty() for frame in self.tables.values())


def side_of(snapshot: Snapshot, contract: Contract | None = None) -> Side:
    """Return a published snapshot as one side of a comparison; a table that its contract lacks is empty.

    Raises SnapshotError where a table cannot be read.
    """
    tables, read = (contract or current()).tables, {}
    for table in tables:
        try:
            held = snapshot.tables.get(table.name)
        except (OSError, pl.exceptions.PolarsError) as error:
            path = snapshot.folder / f"{table.name}.parquet"
            fix = f"`onrecord validate {snapshot.folder}` says more"
            raise SnapshotError(f"{path} cannot be read: {error}; {fix}") from error
        read[table.name] = table.empty() if held is None else _aligned(held, table)
    said = manifest.read(snapshot.folder)
    return Side(read, said, read_inputs(snapshot.folder, said))


def _aligned(frame: pl.DataFrame, table: TableContract) -> pl.DataFrame:
    """A table of another contract version with the columns of this one: new ones null, dropped ones gone."""
    return frame.select(
        (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name))
        for name, dtype in table.schema.items()
    )


def diff(old: Side | None, new: Side, old_version: str | None, new_version: str) -> SnapshotDiff:
    """Return rows added, removed and changed from `old` to `new`, each with its cause; None as old: all rows are
    added."""
    contract = current()
    before = old or Side({table.name: table.empty() for table in contract.tables}, None)
    sides = Compared(before, new)
    compared = {table.name: _table(table, sides) for table in contract.tables}
    return SnapshotDiff(old_version, new_version, compared, differences_of_builds(before, new))


def _table(table: TableContract, sides: Compared) -> pl.DataFrame:
    key, a, b = list(table.key), sides.old.tables[table.name], sides.new.tables[table.name]
    nothing = pl.lit([], pl.List(pl.String))
    added = b.join(a, on=key, how="anti").with_columns(change=pl.lit("added"), changed_columns=nothing)
    removed = a.join(b, on=key, how="anti").with_columns(change=pl.lit("removed"), changed_columns=nothing)
    changed = _changed(table, a, b).with_columns(change=pl.lit("changed"))
    columns = ["change", "changed_columns", *table.schema.names()]
    rows = pl.concat([added.select(columns), removed.select(columns), changed.select(columns)]).sort(
        [*table.order, "change"], nulls_last=True
    )
    with_cause = rows.with_columns(cause=causes(table.name, rows, sides) if rows.height else pl.lit(None, pl.String))
    return with_cause.select(*CHANGE_COLUMNS, *table.schema.names())


def _changed(table: TableContract, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows of `new` whose key `old` has with other values, with the names of the columns that differ."""
    key = list(table.key)
    keys = [side.select(key).with_row_index(name) for name, side in (("new", new), ("old", old))]
    both = keys[0].join(keys[1], on=key, how="inner", maintain_order="left")
    differ = pl.DataFrame(
        {
            name: differs(new[name].gather(both["new"]), old[name].gather(both["old"]))
            for name in table.schema.names()
            if name not in key
        }
    )
    some = differ.select(pl.any_horizontal(pl.all())).to_series()
    named = differ.filter(some).select(
        changed_columns=pl.concat_list(
            pl.when(name).then(pl.lit(name)).otherwise(pl.lit(None, pl.String)) for name in differ.columns
        ).list.drop_nulls()
    )
    return new[both["new"].filter(some)].with_columns(named["changed_columns"])


def apply(old: Tables, difference: SnapshotDiff) -> dict[str, pl.DataFrame]:
    """Return the tables that come of `old` and a difference from it: exactly those of the newer snapshot.

    Raises SnapshotError where the difference does not start from `old`.
    """
    contract = current()
    return {table.name: _applied(table, old[table.name], difference.tables[table.name]) for table in contract.tables}


def _applied(table: TableContract, old: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    key = list(table.key)
    known = rows.join(old, on=key, how="semi")
    wrong = known.filter(pl.col("change") == "added").height + (
        rows.filter(pl.col("change") != "added").height - known.filter(pl.col("change") != "added").height
    )
    if wrong:
        raise SnapshotError(f"the difference does not start from this snapshot: {wrong} rows of {table.name} disagree")
    kept = old.join(rows, on=key, how="anti")
    new = rows.filter(pl.col("change") != "removed").select(table.schema.names())
    return table.ordered(pl.concat([kept.select(table.schema.names()), new]))


def write(difference: SnapshotDiff, folder: Path) -> list[Path]:
    """Write one Parquet file per table that differs to `folder`; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, frame in difference.tables.items():
        if frame.height:
            paths.append(folder / f"{name}.parquet")
            frame.write_parquet(paths[-1], compression="zstd")
    return paths


def as_json(difference: SnapshotDiff) -> dict[str, object]:
    """Return the difference as plain values for `--json`: counts, and every row with its values."""
    rows: Mapping[str, object] = {name: frame.to_dicts() for name, frame in difference.tables.items() if frame.height}
    changes = {name: changes.model_dump() for name, changes in difference.changes().items()}
    return {"old": difference.old, "new": difference.new, "builds": difference.builds, "changes": changes, "rows": rows}
