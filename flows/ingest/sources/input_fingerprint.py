"""The hash of what a build reads: every file's name and bytes, and the corrections and judgements beside them.

Imports nothing that opening a document would need: it is computed before a build is known to be needed.
"""

from collections.abc import Iterator
from pathlib import Path

from flows.ingest.sources.local_files import ABOUT_THE_ARTICLES, Source, is_address, list_files
from flows.runtime.fingerprints import combined_sha256, file_sha256


def input_fingerprint(seeds: str) -> str | None:
    """Return the hash of a seeds folder; None for an address, whose bytes would have to be fetched to be known.

    Raises InputError where there is nothing to read.
    """
    return None if is_address(seeds) else combined_sha256(_parts(seeds))


def _parts(seeds: str) -> Iterator[str]:
    folder = Path(seeds.removeprefix("file://")).resolve()
    yield folder.name  # a file of corrections beside the folder names it
    for beside in (folder, folder.parent):
        for name in sorted(ABOUT_THE_ARTICLES):
            yield f"{name} {file_sha256(beside / name) if (beside / name).is_file() else None}"
    for source in list_files(seeds):
        yield f"{source.uri} {source.problem} {_content(source)}"


def _content(source: Source) -> str | None:
    """The hash of a file's bytes; what happened where it cannot be read; None where it must not be opened."""
    if source.problem:
        return None
    try:
        return file_sha256(Path(source.location))
    except OSError as error:
        return error.strerror
