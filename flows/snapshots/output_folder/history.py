"""The history of an output folder, `versions.json`: every version ever published, and which one is `latest`."""

import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, fields, replace

from flows.errors import SnapshotError, examples
from flows.snapshots import manifest
from schemas.vocabularies import VERSION

FILE = "versions.json"


@dataclass(frozen=True)
class Entry:
    """A version that was published; a pruned one stays in the history so that its number is not used
    again."""

    version: str
    parent: str | None
    contract_version: str
    created_at: str
    rows: dict[str, int] = field(default_factory=dict)
    pruned: bool = False


FIELDS = frozenset(field.name for field in fields(Entry))


@dataclass(frozen=True)
class History:
    """versions.json: every version ever published, oldest first, and the one that `latest` leads to."""

    latest: str | None = None
    versions: tuple[Entry, ...] = ()

    @property
    def left(self) -> tuple[Entry, ...]:
        """The versions that were not pruned, oldest first."""
        return tuple(entry for entry in self.versions if not entry.pruned)

    def entry(self, version: str) -> Entry:
        """Return the entry of a version; SnapshotError naming those that there are."""
        for entry in self.versions:
            if entry.version == version:
                return entry
        known = ", ".join(entry.version for entry in self.left) or "none"
        raise SnapshotError(f"there is no version {version}; there are: {known}")

    def is_pruned(self, version: str) -> bool:
        """Tell whether a version was published and deleted later."""
        return any(entry.version == version and entry.pruned for entry in self.versions)

    def without(self, gone: Collection[str]) -> "History":
        """Return the history in which these versions are pruned."""
        return replace(self, versions=tuple(replace(e, pruned=e.pruned or e.version in gone) for e in self.versions))

    def to_json(self) -> str:
        """Return the text of versions.json."""
        written = {"latest": self.latest, "versions": [asdict(entry) for entry in self.versions]}
        return json.dumps(written, ensure_ascii=False, indent=2) + "\n"

    def makes_sense(self) -> bool:
        """Tell whether every version looks like one (it becomes part of a path) and `latest` is one that is left."""
        left = {entry.version for entry in self.left}
        named = all(isinstance(e.version, str) and re.fullmatch(VERSION, e.version) for e in self.versions)
        return named and (self.latest in left or (self.latest is None and not left))


def parsed(text: str | bytes) -> History | None:
    """Return the history that a versions.json holds; None where it is damaged.

    Raises SnapshotError where it says more than this program knows: what it would write anew would be less.
    """
    try:
        written = json.loads(text)
        listed = written["versions"]
        strange = {*written} - {"latest", "versions"} | {name for entry in listed for name in entry} - FIELDS
    except (ValueError, KeyError, TypeError):
        return None
    if strange:
        raise SnapshotError(
            f"{FILE} was written by a later onrecord: this one does not know {examples(sorted(strange))} in it. "
            "Upgrade onrecord, or use another output folder"
        )
    try:
        history = History(written["latest"], tuple(Entry(**entry) for entry in listed))
    except (KeyError, TypeError):
        return None
    return history if history.makes_sense() else None


def entry_of(of: "manifest.Manifest") -> Entry:
    """Return the entry of the snapshot that a manifest describes."""
    rows = {name: facts.rows for name, facts in of.tables.items()}
    return Entry(of.version, of.parent, of.contract_version, of.created_at, rows)


def recorded(history: History, of: "manifest.Manifest") -> History:
    """Return the history with a version at its end, which becomes `latest`; once more changes nothing."""
    others = tuple(entry for entry in history.versions if entry.version != of.version)
    return History(of.version, (*others, entry_of(of)))


def number(version: str) -> tuple[int, int, int]:
    """Return a version as numbers that sort: 1.0.9 before 1.0.10."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)
