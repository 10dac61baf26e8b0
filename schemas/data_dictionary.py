"""The data dictionary, `schemas/README.md`: every table and column, generated from the contract."""

from schemas.contract import Column, Contract, TableContract, type_name
from schemas.vocabularies import RejectReason

HEAD = """# Data dictionary

Generated from the models by `onrecord contracts write`; do not edit. Contract {version}; the machine-readable
document of each released version is in [contracts/](contracts/).

A snapshot is a folder with one Parquet file a table. Ids are a prefix and 16 hex digits. Offsets are
half-open and count Unicode code points (Python `str` indexing) into `articles.text` of the row's article:
`text[start_char:end_char] == surface`. A `?` after a type means that the value may be null; lists never are.
Counts are numbers of rows, confidences and scores are probabilities from 0 to 1, dates are calendar days
without a zone.
"""


def dictionary(contract: Contract) -> str:
    """Return the whole page."""
    parts = [HEAD.format(version=contract.version), _overview(contract)]
    parts += [_table(table) for table in contract.tables]
    reasons = ", ".join(f"`{reason.value}`" for reason in RejectReason)
    parts.append(f"## Reasons of `rejects`\n\n{reasons}\n")
    return "\n".join(parts)


def _overview(contract: Contract) -> str:
    lines = ["| table | a row is | primary key |", "|---|---|---|"]
    for table in contract.tables:
        first = table.description.split("\n\n")[0].replace("\n", " ").rstrip(".")
        row = first.removeprefix("One row ").replace("|", "\\|")
        lines.append(f"| [{table.name}](#{table.name}) | {row} | {', '.join(f'`{k}`' for k in table.key)} |")
    return "\n".join(lines) + "\n"


def _table(table: TableContract) -> str:
    order = ", ".join(f"`{column}`" for column in table.order)
    lines = [f"## {table.name}\n", table.description + "\n", f"Sorted by {order}.\n"]
    lines += ["| column | type | meaning | values |", "|---|---|---|---|"]
    references = {reference.column: f"{reference.to_table}.{reference.to_column}" for reference in table.references}
    for column in table.columns:
        kind = f"`{type_name(column.dtype)}`" + ("?" if column.nullable else "")
        meaning = column.description.replace("|", "\\|")
        lines.append(f"| {column.name} | {kind} | {meaning} | {_values(column, references.get(column.name))} |")
    return "\n".join(lines) + "\n"


def _values(column: Column, reference: str | None) -> str:
    said = []
    if column.values is not None and column.name != "reason":
        said.append(", ".join(f"`{value}`" for value in column.values))
    if column.pattern is not None:
        said.append(f"`{column.pattern}`".replace("|", "\\|"))
    if column.minimum is not None or column.maximum is not None:
        said.append(f"{_number(column.minimum)} … {_number(column.maximum)}")
    if column.min_length is not None:
        said.append("not empty")
    if column.unique:
        said.append("unique")
    if reference is not None:
        said.append(f"→ {reference}")
    return "; ".join(said)


def _number(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"
