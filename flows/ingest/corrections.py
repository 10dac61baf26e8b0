"""Hand-written corrections of known bad input: what to do with a document that no rule can repair, and why.

A folder of articles has its corrections in `corrections.yml` inside it, or in one beside it that names the
folder:

    folder: articles            # only in a file beside the folder: which one it is for
    corrections:
      - match: {source_uri: "2023/*.txt", text: "values ??and"}
        action: replace         # exclude | replace | set
        find: "values ??and"
        with: "values and"
        reason: the question marks stand for a character that was lost before we got the file

`match` names one or more of source_uri, url, publisher, title (patterns with `*` and `?`), source_sha256 and
text (words that occur in the cleaned text); all of them must hold. `set` needs `field` (title, publisher,
author, published_on or url) and `value`. A correction that matches nothing any more is an error: the input
has changed, so must the correction.
"""

import datetime as dt
import fnmatch
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from pandera.typing.polars import DataFrame

from flows.errors import SettingsError, examples
from flows.ingest.clean_documents import SCHEMA, CleanDocuments, words_of
from flows.ingest.documents import Reject, rejects_frame
from flows.ingest.metadata.publication_date import published_on
from flows.ingest.sources.local_files import CORRECTIONS_FILE, is_address
from schemas import ids
from schemas.rejects import Rejects
from schemas.vocabularies import NOTES, RejectReason

_PATTERNS = frozenset({"source_uri", "url", "publisher", "title"})
_MATCHES = _PATTERNS | {"source_sha256", "text"}
_FIELDS = frozenset({"title", "publisher", "author", "published_on", "url"})
_KEYS = {
    "exclude": frozenset[str](),
    "replace": frozenset({"find", "with"}),
    "set": frozenset({"field", "value"}),
}
_ALWAYS = frozenset({"match", "action", "reason"})


@dataclass(frozen=True)
class Correction:
    """One correction; `where` is the file and the number of the entry, for messages."""

    where: str
    match: dict[str, str]
    action: str
    reason: str
    find: str = ""
    replacement: str = ""
    field: str = ""
    value: str | dt.date | None = None

    def applies_to(self, row: dict[str, Any]) -> bool:
        """Return whether every condition holds for a row of `CleanDocuments`."""
        return all(_holds(name, wanted, row[name]) for name, wanted in self.match.items())


def _holds(name: str, wanted: str, value: object) -> bool:
    if value is None:
        return False
    if name in _PATTERNS:
        return fnmatch.fnmatchcase(str(value), wanted)
    return wanted in str(value) if name == "text" else str(value) == wanted


def load_corrections(seeds: str) -> list[Correction]:
    """Load the corrections of a seeds folder, in the order of the file.

    An address, or a folder without a file, has none.

    Raises SettingsError where the file cannot be read or an entry makes no sense.
    """
    path = corrections_file(seeds)
    return _entries(path, _load(path)) if path else []


def corrections_file(seeds: str) -> Path | None:
    """Return the corrections of a seeds folder; None for an address and where there is no file for it.

    Raises SettingsError where a file beside the folder cannot be read: it may be for this folder.
    """
    if is_address(seeds):
        return None
    folder = Path(seeds).resolve()
    inside, beside = folder / CORRECTIONS_FILE, folder.parent / CORRECTIONS_FILE
    if folder.is_dir() and inside.is_file():
        return inside
    return beside if beside.is_file() and _load(beside).get("folder") == folder.name else None


def _load(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise SettingsError(f"the corrections {path} cannot be read: {error}") from error
    if data is None:
        return {}
    if not isinstance(data, dict) or not isinstance(data.get("corrections", []), list):
        raise SettingsError(f"the corrections {path} need a list named `corrections`")
    return data


def _entries(path: Path, data: dict[str, Any]) -> list[Correction]:
    listed = data.get("corrections") or []
    return [_entry(f"entry {number} of {path.name}", entry) for number, entry in enumerate(listed, 1)]


def _entry(where: str, entry: object) -> Correction:
    if not isinstance(entry, dict) or entry.get("action") not in _KEYS:
        raise SettingsError(f"{where} needs an action: one of {', '.join(sorted(_KEYS))}")
    wanted = _ALWAYS | _KEYS[entry["action"]]
    if set(entry) != wanted:
        raise SettingsError(f"{where} needs exactly {', '.join(sorted(wanted))}; it has {', '.join(map(str, entry))}")
    match = entry["match"]
    if not isinstance(match, dict) or not match or not set(match) <= _MATCHES:
        raise SettingsError(f"{where}: `match` needs one or more of {', '.join(sorted(_MATCHES))}")
    if not str(entry["reason"] or "").strip():
        raise SettingsError(f"{where} needs a reason in words")
    if entry["action"] == "replace" and not entry["find"]:
        raise SettingsError(f"{where}: `find` is empty")
    value = entry.get("value")
    if entry["action"] == "set":
        if entry["field"] not in _FIELDS:
            raise SettingsError(f"{where}: `field` is one of {', '.join(sorted(_FIELDS))}")
        if entry["field"] == "published_on" and value is not None and (value := published_on(value)) is None:
            raise SettingsError(f"{where}: {entry['value']!r} is no date; write it as 2023-04-05")
    return Correction(
        where,
        {name: str(pattern) for name, pattern in match.items()},
        entry["action"],
        str(entry["reason"]).strip(),
        find=str(entry.get("find", "")),
        replacement=str(entry.get("with") or ""),
        field=str(entry.get("field", "")),
        value=value if value is None or isinstance(value, dt.date) else str(value),
    )


def apply(
    corrections: list[Correction], documents: pl.DataFrame, refused: pl.DataFrame
) -> tuple[DataFrame[CleanDocuments], DataFrame[Rejects], frozenset[str]]:
    """Return the documents as corrected, the rejects (one `excluded` for each taken out), and what is out.

    `refused` are the rejects so far. A correction of something that was refused before it is in use, too. What is
    excluded is told by the reason in the file alone: neither its title nor its address, nor words that were dropped of
    it, stay in any reject. Its source_uri is returned, because it may be either, and is withheld from what is
    published. Raises SettingsError where corrections match nothing.
    """
    if not corrections:
        return DataFrame[CleanDocuments](documents), DataFrame[Rejects](refused), frozenset()
    used: set[str] = set()
    rows: list[dict[str, Any]] = []
    excluded: list[Reject] = []
    for row in documents.iter_rows(named=True):
        result = _correct(row, corrections, used)
        if isinstance(result, Reject):
            excluded.append(result)
        else:
            rows.append(result)
    taken_out = {reject.source_uri for reject in excluded}
    kept = refused.filter(~pl.col("source_uri").is_in(taken_out))
    rejects = rejects_frame([*_without_words(kept, corrections, used, taken_out), *excluded])
    if stale := [correction.where for correction in corrections if correction.where not in used]:
        raise SettingsError(
            f"{len(stale)} of {len(corrections)} corrections match nothing: {examples(stale)}; "
            "the input has changed since they were written, so change them or take them out"
        )
    return DataFrame[CleanDocuments](pl.DataFrame(rows, schema=SCHEMA)), rejects, frozenset(taken_out)


def _without_words(
    refused: pl.DataFrame, corrections: list[Correction], used: set[str], taken_out: set[str]
) -> Iterator[Reject]:
    """Yield rejects as they are, or without their words where a correction excludes what they are of; note which."""
    for row in refused.iter_rows(named=True):
        reason = RejectReason(row["reason"])
        if reason in NOTES:  # of a document that stays: corrections were held against the document itself
            yield Reject(row["source_uri"], reason, row["detail"], row["payload"])
            continue
        stated = json.loads(row["payload"]) if row["payload"] else {}
        known = dict.fromkeys(_MATCHES) | (stated if isinstance(stated, dict) else {})
        known["source_uri"] = row["source_uri"]
        found = [correction for correction in corrections if correction.applies_to(known)]
        used.update(correction.where for correction in found)
        exclude = next((correction for correction in found if correction.action == "exclude"), None)
        if exclude is None:
            yield Reject(row["source_uri"], reason, row["detail"], row["payload"])
        else:
            taken_out.add(row["source_uri"])
            yield Reject(row["source_uri"], reason, f"{exclude.where}: {exclude.reason}")


def _correct(row: dict[str, Any], corrections: list[Correction], used: set[str]) -> dict[str, Any] | Reject:
    for correction in corrections:
        if not correction.applies_to(row):
            continue
        if correction.action == "replace":
            if correction.find not in row["text"]:
                continue
            row = _with_text(row, row["text"].replace(correction.find, correction.replacement))
        elif correction.action == "set":
            row = {**row, correction.field: correction.value}
        used.add(correction.where)
        if correction.action == "exclude" or not row["text"]:
            payload = json.dumps({"article_id": row["article_id"]})
            detail = f"{correction.where}: {correction.reason}"
            return Reject(row["source_uri"], RejectReason.EXCLUDED, detail, payload, row["source_sha256"])
    return row


def _with_text(row: dict[str, Any], text: str) -> dict[str, Any]:
    text = text.strip()
    return {**row, "text": text, "article_id": ids.article_id(text), "word_count": words_of(text)}
