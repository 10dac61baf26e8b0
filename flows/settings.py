"""Every setting of a build, with its default and its meaning.

Read from a TOML file (`onrecord build --settings FILE`), then overridden by command-line flags. Unknown names are
errors. Nothing is read from the environment.
"""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.errors import SettingsError

MIB = 1024 * 1024


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestSettings(_Settings):
    """Bounds of what is read, and when two texts are copies of each other."""

    max_file_bytes: int = Field(64 * MIB, ge=1, description="A file of one document larger than this is rejected.")
    max_container_bytes: int = Field(
        8192 * MIB, ge=1, description="A streamed container (.jsonl, .warc) larger than this is rejected."
    )
    max_expanded_bytes: int = Field(
        256 * MIB, ge=1, description="A compressed file that grows past this is rejected, as read so far."
    )
    max_text_chars: int = Field(1_000_000, ge=1, description="A document whose text is longer is rejected.")
    max_seconds: float = Field(20.0, gt=0, description="A document that takes longer to parse is rejected.")
    max_page_memory_bytes: int = Field(
        2048 * MIB, ge=64 * MIB, description="Memory of the process that a large or deeply nested page is read in."
    )
    max_unusable_run: int = Field(
        100_000, ge=1, description="A container is given up after more unusable records in a row."
    )
    max_unread_share: float = Field(
        0.0, ge=0, le=1, description="Share of the files that a build may go on without where they cannot be read."
    )
    # claims corpora hold articles of one short sentence; below three words nothing can be said about anything
    min_words: int = Field(3, ge=1, description="A cleaned text of fewer words is no article.")
    near_copy_jaccard: float = Field(
        0.5, gt=0, le=1, description="Word 5-gram Jaccard from which two texts are near-copies."
    )


class ExtractSettings(_Settings):
    """The reader and how certain it must be."""

    reader: str | None = Field(None, description="Folder of a reader's model; the one that ships where none is named.")
    threads: int = Field(1, ge=1, description="Threads of one inference session.")
    min_confidence: float = Field(0.0, ge=0, le=1, description="Claims below this confidence are left out.")
    narrated: bool = Field(True, description="Whether claims in the publisher's own voice are extracted.")


class ResolveSettings(_Settings):
    """When two mentions are one entity, and two claim mentions one claim."""

    entity_threshold: float = Field(0.5, ge=0, le=1, description="Score from which two mentions are one entity.")
    claim_threshold: float = Field(0.5, ge=0, le=1, description="Score from which two claim mentions are one claim.")


class ValidateSettings(_Settings):
    """How far a snapshot may lie from what is expected."""

    max_shrink: float = Field(
        0.5, ge=0, le=1, description="Share of rows that a table may lose against the parent before the gate refuses."
    )


class Settings(_Settings):
    """All settings of a build."""

    ingest: IngestSettings = IngestSettings()
    extract: ExtractSettings = ExtractSettings()
    resolve: ResolveSettings = ResolveSettings()
    # `validate` is a name of pydantic's own
    validation: ValidateSettings = ValidateSettings()
    shard_articles: int = Field(512, ge=1, description="Articles that one task reads, extracts and spills at a time.")

    cache_max_bytes: int = Field(4096 * MIB, ge=0, description="Size that the extraction cache is kept under.")


def load(path: Path | None) -> Settings:
    """Return the settings of a TOML file, or the defaults where `path` is None.

    Raises SettingsError where the file cannot be read or says something that no setting is called.
    """
    if path is None:
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"settings file {path} cannot be read: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
        raise SettingsError(f"settings file {path} has {error.error_count()} unusable settings: {wrong}") from error
