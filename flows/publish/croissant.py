"""croissant.json: the snapshot described for machine-learning tools (MLCommons Croissant 1.0, JSON-LD).

https://docs.mlcommons.org/croissant/docs/croissant-spec.html. Written by hand from the contract;
`mlcroissant` loads the tables through it in the tests.
"""

import json
from pathlib import Path
from typing import Any

import polars as pl

from flows.snapshots.manifest import Manifest
from schemas.contract import Contract, TableContract, type_name

FILE = "croissant.json"

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The JSON-LD context that the specification prescribes."""

TYPES = {"string": "sc:Text", "boolean": "sc:Boolean", "int32": "sc:Integer", "float64": "sc:Float", "date": "sc:Date"}


def write_croissant(folder: Path, manifest: Manifest, contract: Contract) -> Path:
    """Write croissant.json beside the tables; returns its path. The manifest's hashes are of the files as
    written."""
    path = folder / FILE
    text = json.dumps(describe(manifest, contract), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def describe(manifest: Manifest, contract: Contract) -> dict[str, Any]:
    """Return the description as plain values: one file object and one record set per table."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": "onrecord-snapshot",
        "description": "Who said what: entities and claims of news articles, resolved across articles.",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "version": manifest.version,
        "datePublished": manifest.created_at,
        "license": "Texts belong to their publishers; see the articles' urls.",
        "citeAs": f"onrecord snapshot {manifest.version}",
        "distribution": [_file(table, manifest) for table in contract.tables],
        "recordSet": [_records(table) for table in contract.tables],
    }


def _file(table: TableContract, manifest: Manifest) -> dict[str, Any]:
    facts = manifest.tables[table.name]
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.parquet",
        "name": f"{table.name}.parquet",
        "contentUrl": f"{table.name}.parquet",
        "contentSize": f"{facts.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": facts.sha256,
    }


def _records(table: TableContract) -> dict[str, Any]:
    # no `references`: mlcroissant 1.1 joins through them on loading, which fails on lists and on tables that
    # refer
    # to themselves; where a column leads is said in words
    leads = {r.column: f" Refers to {r.to_table}.{r.to_column}." for r in table.references}
    fields = [
        _field(table, column.name, column.dtype, column.description + leads.get(column.name, ""))
        for column in table.columns
    ]
    keys = [{"@id": f"{table.name}/{column}"} for column in table.key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": keys[0] if len(keys) == 1 else keys,
        "field": fields,
    }


def _field(table: TableContract, name: str, dtype: pl.DataType, description: str) -> dict[str, Any]:
    source = {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": name}}
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{name}",
        "name": name,
        "description": description,
        "source": source,
    }
    if isinstance(dtype, pl.List):
        field["repeated"] = True
        inner: object = dtype.inner
        if isinstance(inner, pl.Struct):
            field["subField"] = [
                {
                    "@type": "cr:Field",
                    "@id": f"{table.name}/{name}/{part.name}",
                    "name": part.name,
                    "dataType": TYPES[type_name(part.dtype)],
                    "source": {**source, "transform": {"jsonPath": part.name}},
                }
                for part in inner.fields
            ]
            return field
        field["dataType"] = TYPES[type_name(inner)]
        return field
    field["dataType"] = TYPES[type_name(dtype)]
    return field
