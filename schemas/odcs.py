"""The published contract as documents of the Open Data Contract Standard, one a released version.

`schemas/contracts/<version>.yaml` is generated from the models (`onrecord contracts write`), checked in, and
read back to check snapshots of that version, by whatever later code.
https://bitol-io.github.io/open-data-contract-standard
"""

import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

import polars as pl
import yaml

from schemas.contract import PLAIN, Column, Contract, TableContract, type_name
from schemas.tables import Reference

ODCS_VERSION = "v3.0.2"
FOLDER = "contracts"

_LOGICAL = {
    "string": "string",
    "boolean": "boolean",
    "int32": "integer",
    "int64": "integer",
    "float64": "number",
    "date": "date",
}


def to_odcs(contract: Contract) -> dict[str, Any]:
    """Return the contract as the standard's document."""
    return {
        "apiVersion": ODCS_VERSION,
        "kind": "DataContract",
        "id": "onrecord-snapshot",
        "name": "onrecord snapshot",
        "version": f"{contract.version}.0",
        "status": "active",
        "domain": "news",
        "dataProduct": "onrecord",
        "description": {
            "purpose": "Who said what: entities and claims of news articles, resolved across articles.",
            "usage": "One folder a snapshot, one Parquet file a table; offsets are half-open, in Unicode "
            "code points, into articles.text.",
            "limitations": "Texts belong to their publishers. A confidence says how sure a row is.",
        },
        "schema": [_table_document(table) for table in contract.tables],
    }


def _table_document(table: TableContract) -> dict[str, Any]:
    references = {reference.column: reference for reference in table.references}
    return {
        "name": table.name,
        "physicalName": f"{table.name}.parquet",
        "logicalType": "object",
        "physicalType": "parquet",
        "description": table.description,
        "customProperties": [{"property": "sortedBy", "value": list(table.order)}],
        "properties": [_column_document(column, table, references.get(column.name)) for column in table.columns],
    }


def _column_document(column: Column, table: TableContract, reference: Reference | None) -> dict[str, Any]:
    document: dict[str, Any] = {"name": column.name, **_type_document(column.dtype)}
    document["description"] = column.description
    document["required"] = not column.nullable
    if column.unique:
        document["unique"] = True
    if column.name in table.key:
        document["primaryKey"] = True
        document["primaryKeyPosition"] = table.key.index(column.name) + 1
    options = {
        "pattern": column.pattern,
        "minLength": column.min_length,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    if stated := {name: value for name, value in options.items() if value is not None}:
        document["logicalTypeOptions"] = stated
    if column.values is not None:
        document["customProperties"] = [{"property": "allowedValues", "value": list(column.values)}]
        document["quality"] = [
            {
                "type": "library",
                "rule": "validValues",
                "validValues": list(column.values),
                "mustBe": 0,
                "unit": "rows",
            }
        ]
    if reference is not None:
        target = f"{reference.to_table}.{reference.to_column}"
        document["relationships"] = [{"type": "foreignKey", "to": target}]
    return document


def _type_document(dtype: object) -> dict[str, Any]:
    name = type_name(dtype)
    if isinstance(dtype, pl.List):
        return {
            "logicalType": "array",
            "physicalType": name,
            "items": {"name": "element", **_type_document(dtype.inner)},
        }
    if isinstance(dtype, pl.Struct):
        parts = [{"name": field.name, **_type_document(field.dtype)} for field in dtype.fields]
        return {"logicalType": "object", "physicalType": name, "properties": parts}
    return {"logicalType": _LOGICAL[name], "physicalType": name}


def to_yaml(contract: Contract) -> str:
    """Return the document as it is checked in."""
    head = "# Generated from the models by `onrecord contracts write`; do not edit.\n"
    return head + yaml.safe_dump(to_odcs(contract), sort_keys=False, allow_unicode=True, width=110)


def from_odcs(document: Mapping[str, Any]) -> Contract:
    """Return the contract that a document states.

    Raises ValueError, KeyError or TypeError where it is not one that this module wrote.
    """
    version = ".".join(str(document["version"]).split(".")[:2])
    return Contract(version, tuple(_table(table) for table in document["schema"]))


def _table(document: Mapping[str, Any]) -> TableContract:
    properties = document["properties"]
    keyed = sorted((p["primaryKeyPosition"], p["name"]) for p in properties if p.get("primaryKey"))
    references = tuple(
        Reference(p["name"], *relation["to"].split(".", 1))
        for p in properties
        for relation in p.get("relationships", ())
    )
    return TableContract(
        document["name"],
        document["description"],
        tuple(_column(p) for p in properties),
        tuple(name for _, name in keyed),
        tuple(_custom(document, "sortedBy")),
        references,
    )


def _column(document: Mapping[str, Any]) -> Column:
    options = document.get("logicalTypeOptions", {})
    values = _custom(document, "allowedValues")
    return Column(
        document["name"],
        _dtype(document),
        not document["required"],
        document["description"],
        document.get("unique", False),
        options.get("pattern"),
        tuple(values) if values is not None else None,
        options.get("minimum"),
        options.get("maximum"),
        options.get("minLength"),
    )


def _custom(document: Mapping[str, Any], name: str) -> Any:
    return next((p["value"] for p in document.get("customProperties", ()) if p["property"] == name), None)


def _dtype(document: Mapping[str, Any]) -> pl.DataType:
    kind = document["logicalType"]
    if kind == "array":
        return pl.List(_dtype(document["items"]))
    if kind == "object":
        return pl.Struct({part["name"]: _dtype(part) for part in document["properties"]})
    return PLAIN[document["physicalType"]]


def released() -> dict[str, Contract]:
    """Return every contract that is checked in, by version, oldest first."""
    folder = resources.files("schemas") / FOLDER
    found = {}
    for file in folder.iterdir():
        if match := re.fullmatch(r"([0-9]+\.[0-9]+)\.yaml", file.name):
            found[match[1]] = from_odcs(yaml.safe_load(file.read_text(encoding="utf-8")))
    return dict(sorted(found.items(), key=lambda item: tuple(map(int, item[0].split(".")))))
