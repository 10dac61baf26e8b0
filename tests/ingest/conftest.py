"""What the tests of ingest share: reading bytes as a file of a name, and the lexicon."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.ingest.cleaning import boilerplate
from flows.ingest.documents import RawDocument, Reject
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources.open_source import list_sources
from flows.lexicons.paths import asset
from flows.settings import IngestSettings

Read = Callable[..., list[RawDocument | Reject]]


@pytest.fixture(scope="session")
def lexicon() -> boilerplate.Boilerplate:
    """The boilerplate that ships."""
    return boilerplate.load(asset("lexicons/boilerplate.yml"))


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads `data` as the file `name` of a seeds folder: `read("a.txt", b"…")`, settings by name."""

    def of(name: str, data: bytes, **settings: object) -> list[RawDocument | Reject]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        (source,) = [source for source in list_sources(str(tmp_path)) if source.location == str(path)]
        found = list(read_source(source, IngestSettings(**settings)))
        path.unlink()
        return found

    return of
