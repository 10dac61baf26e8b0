"""The manifest: what a snapshot is, what it was made from, and how it differs from its parent.

Everything that may change from run to run (times, addresses, seconds) is here and never in a table.
"""

import json
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from flows.errors import SnapshotError
from schemas.vocabularies import VERSION

FILE = "manifest.json"
SHA256 = r"^[0-9a-f]{64}$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Code(_Part):
    """Which code built the snapshot; git_commit is null outside a checkout."""

    package_version: str
    git_commit: str | None = None


class Decided(_Part):
    """Hashes of all that decided about the rows besides the input: equal ones mean the same code, with and without git.

    models are the fitted weights that ship; the reader's hash is in `model`. libraries are versions by name.
    """

    code: str
    lexicons: str
    models: str
    settings: str
    corrections: str | None = None
    libraries: dict[str, str] = {}


class InputFile(_Part):
    """A file or record that came in: the article that it became, or the reason why it became none."""

    source_uri: str
    sha256: str
    bytes: int
    article_id: str | None = None
    reason: str | None = None


class InputsFile(_Part):
    """The table beside the manifest that has a row for each input (flows.snapshots.inputs); its hash is in `files`."""

    file: Literal["inputs.parquet"]
    rows: int = Field(ge=0)


class ReaderModel(_Part):
    """The model that read the articles."""

    package: str
    version: str
    hash: str


class TableFacts(_Part):
    """A table's file: rows, size, hash of the file, hash of the rows, hash of names and types."""

    rows: int = Field(ge=0)
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=SHA256)
    logical_sha256: str = Field(pattern=SHA256)
    schema_fingerprint: str = Field(pattern=SHA256)


class FileFacts(_Part):
    """A file beside the tables that is made of them alone: size, hash."""

    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=SHA256)


class TableChanges(_Part):
    """Rows of a table against the parent's, by primary key, and how many of them for which cause."""

    added: int
    removed: int
    changed: int
    causes: dict[str, int] = {}


class Place(_Part):
    """A range of an article's text."""

    article_id: str
    start_char: int = Field(ge=0)
    end_char: int = Field(ge=0)


class Dropped(_Part):
    """How many claims were left out for one reason, and where some of them stand."""

    count: int = Field(ge=0)
    examples: tuple[Place, ...] = ()


class Check(_Part):
    """An expectation of the quality gate: what was expected of which table, what was found."""

    table: str
    expectation: str
    meaning: str
    success: bool
    observed: str


class Validation(_Part):
    """What the quality gate found."""

    success: bool
    checks: tuple[Check, ...] = ()


class Manifest(_Part):
    """manifest.json of one snapshot; see shared field names in the data dictionary."""

    version: str = Field(pattern=VERSION)
    parent: str | None = Field(default=None, pattern=VERSION)
    contract_version: str = Field(pattern=r"^[0-9]+\.[0-9]+$")
    created_at: str
    code: Code
    decided: Decided | None = None
    settings: dict[str, Any] = {}
    inputs: InputsFile | tuple[InputFile, ...] = ()
    tables: dict[str, TableFacts]
    files: dict[str, FileFacts] = {}
    model: ReaderModel | None = None
    lock_sha256: str | None = None
    judgements_sha256: str | None = None
    changes: dict[str, TableChanges] = {}
    quality: dict[str, float | None] = {}
    dropped_claims: dict[str, Dropped] = {}
    validation: Validation | None = None
    seconds: dict[str, float] = {}

    @field_validator("tables")
    @classmethod
    def _plain_names(cls, tables: dict[str, TableFacts]) -> dict[str, TableFacts]:
        """A table's name is a file's name: one that leads out of the folder is refused before anything is
        opened."""
        for name in tables:
            if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name):
                raise ValueError(f"{name[:80]!r} is no table name")
        return tables

    @field_validator("files")
    @classmethod
    def _plain_files(cls, files: dict[str, FileFacts]) -> dict[str, FileFacts]:
        """As for tables: no file of another folder is named."""
        for name in files:
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}\.[a-z]{1,8}", name):
                raise ValueError(f"{name[:80]!r} is no file name")
        return files

    @property
    def input_count(self) -> int:
        """The number of files and records that came in."""
        return self.inputs.rows if isinstance(self.inputs, InputsFile) else len(self.inputs)

    def to_json(self) -> str:
        """Return the manifest as it is written: two-space JSON, fields in the order above."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def read(folder: Path) -> Manifest:
    """Return the manifest of a snapshot folder; SnapshotError where there is none or it makes no sense."""
    path = folder / FILE
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SnapshotError(
            f"{folder} is no snapshot: {FILE} cannot be read ({error.strerror or error}). "
            "Give the folder of one version, e.g. output/snapshots/1.0.0 or output/latest."
        ) from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()[:3])
        raise SnapshotError(f"{path} makes no sense in {error.error_count()} places: {wrong}") from error
