"""The quality gate: Great Expectations on the written Parquet files, as a consumer reads them. Its only door.

What is expected is data (`schemas/expectations.yml`). The files are read with pandas, only the columns that
an expectation names; four small summaries are derived from the same files (references, shares, texts, drift) so
that rules across tables and versions are expectations like any other. Data Docs are written without anything
that a browser would fetch from elsewhere.
"""

import logging
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
import yaml
from great_expectations.data_context.types.base import ProgressBarsConfig

from flows.validate.gate import summaries
from flows.validate.gate.result import GateCheck, GateResult
from schemas.tables import TABLES

SUITE = "expectations.yml"
DOCS = "validation"


@dataclass(frozen=True)
class Expected:
    """An entry of the suite."""

    table: str
    expectation: str
    arguments: dict[str, Any]
    meaning: str


def suite() -> list[Expected]:
    """Load the expectations of `schemas/expectations.yml`, in order."""
    text = (resources.files("schemas") / SUITE).read_text(encoding="utf-8")
    return [Expected(**entry) for entry in yaml.safe_load(text)]


def run_gate(folder: Path, parent: Path | None, *, max_shrink: float, min_words: int, docs: bool = True) -> GateResult:
    """Check the Parquet files of a folder against the suite and write Data Docs to its `validation/`.

    folder: a staged (or published) snapshot. parent: folder of the previous one, or None. max_shrink: share
    of its rows that a table may lose. min_words: of which a text must have had as many to become an article.
    Returns what was found; publishing a result that is no success is the caller's mistake (`GateResult.error`).
    """
    expected = suite()
    frames = _frames(folder, parent, expected)
    with _quiet(), tempfile.TemporaryDirectory() as scratch:
        found = _run(
            expected, frames, {"max_shrink": max_shrink, "min_words": min_words}, Path(scratch) if docs else None
        )
        if docs:
            _keep_docs(Path(scratch), folder / DOCS)
    return GateResult(all(check.success for check in found), tuple(found))


def _frames(folder: Path, parent: Path | None, expected: list[Expected]) -> dict[str, pd.DataFrame]:
    frames = {}
    for name in dict.fromkeys(entry.table for entry in expected):
        if name in TABLES:
            frames[name] = pd.read_parquet(folder / f"{name}.parquet", columns=_columns(name, expected))
    frames["references"] = summaries.references(folder)
    frames["shares"] = summaries.shares(folder, parent)
    frames["texts"] = summaries.texts(folder, parent)
    frames["drift"] = summaries.drift(folder, parent)
    return frames


def _columns(table: str, expected: list[Expected]) -> list[str]:
    """The columns of a table that any expectation names; the first key column where none does."""
    named = {
        value
        for entry in expected
        if entry.table == table
        for argument, value in entry.arguments.items()
        if argument.startswith("column")
    }
    return sorted(named) or [TABLES[table].key[0]]


def _run(
    expected: list[Expected],
    frames: dict[str, pd.DataFrame],
    parameters: dict[str, object],
    docs: Path | None,
) -> list[GateCheck]:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("snapshot")
    checks = []
    for table in dict.fromkeys(entry.table for entry in expected):
        entries = [entry for entry in expected if entry.table == table]
        batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all")
        rules = context.suites.add(gx.ExpectationSuite(name=table))
        for entry in entries:
            rules.add_expectation(_expectation(entry, parameters))
        definition = gx.ValidationDefinition(name=table, data=batch, suite=rules)
        found = context.validation_definitions.add(definition).run(
            batch_parameters={"dataframe": frames[table]}, result_format="SUMMARY"
        )
        by_meaning = {_meaning(result): result for result in found.results}
        checks += [_check(entry, by_meaning[entry.meaning]) for entry in entries]
    if docs:
        context.add_data_docs_site("site", _site(docs))
        context.build_data_docs(site_names=["site"])
    return checks


def _expectation(entry: Expected, parameters: dict[str, object]) -> Any:
    """The entry as Great Expectations' own object, `$name` replaced by the parameter of that name."""
    arguments = {
        name: parameters[value[1:]] if isinstance(value, str) and value.startswith("$") else value
        for name, value in entry.arguments.items()
    }
    if "row_condition" in arguments:
        arguments["condition_parser"] = "pandas"
    kind = "".join(word.upper() if word in {"a", "b"} else word.title() for word in entry.expectation.split("_"))
    return getattr(gx.expectations, kind)(**arguments, meta={"meaning": entry.meaning}, notes=entry.meaning)


def _meaning(result: Any) -> str:
    return str(result.expectation_config.meta["meaning"])


def _check(entry: Expected, result: Any) -> GateCheck:
    found = result.result
    if result.exception_info and "exception_message" in str(result.exception_info) and not found:
        observed = f"could not be evaluated: {result.exception_info}"
    elif "observed_value" in found:
        observed = f"found {found['observed_value']}"
    else:
        some = ", ".join(str(value) for value in found.get("partial_unexpected_list", [])[:3])
        observed = f"{found.get('unexpected_count', 0)} of {found.get('element_count', 0)} rows do not"
        observed += f", e.g. {some}" if some else ""
    column = entry.arguments.get("column")
    return GateCheck(
        entry.table, f"{entry.expectation}({column})" if column else entry.expectation, entry.meaning,
        bool(result.success), observed, _setting(entry),
    )  # fmt: skip


_SETTINGS = {"max_shrink": "validation.max_shrink", "min_words": "ingest.min_words"}


def _setting(entry: Expected) -> str | None:
    """The setting that an expectation depends on, if any."""
    named = (value[1:] for value in entry.arguments.values() if isinstance(value, str) and value.startswith("$"))
    return next((_SETTINGS[name] for name in named), None)


def _site(folder: Path) -> Any:
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": store,
        "site_index_builder": index,
    }


_REMOTE = re.compile(
    r"<script[^>]*\ssrc=[\"']https?:[^>]*>\s*</script>"
    r"|<link[^>]*\shref=[\"']https?:[^>]*>"
    r"|<(?:img|source)[^>]*\ssrc(?:set)?=[\"']https?:[^>]*>"
    r"|background:\s*url\([\"']https?:[^)]*\)[^;]*;"
)


def _keep_docs(built: Path, kept: Path) -> None:
    """Copy pages and style sheets; drop pictures, fonts and every element that a browser would fetch
    elsewhere.

    The stock pages load scripts from four content networks and a picture that carries the time of reading.
    """
    shutil.rmtree(kept, ignore_errors=True)
    for path in sorted([*built.rglob("*.html"), *built.rglob("*.css")]):
        target = kept / path.relative_to(built)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_REMOTE.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")


@contextmanager
def _quiet() -> Iterator[None]:
    """No log lines and no warnings of the library in a good run; errors are raised as they are."""
    # one module of the library gives its own logger a level, so that the package's level does not reach it
    loggers = [logging.getLogger(name) for name in ("great_expectations", "great_expectations.data_context.types.base")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
