"""Seeds in an S3 store: what has not changed is not fetched again, corrections and judgements lie among them."""

from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from flows.errors import PlaceError
from flows.ingest.corrections import load_corrections
from flows.ingest.documents import RawDocument
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources import open_source as door
from flows.ingest.sources.about_the_articles import about_folder, fetch_about
from flows.ingest.sources.kept_objects import kept_under
from flows.ingest.sources.local_files import Source
from flows.ingest.sources.open_source import list_seeds
from flows.resolve.judgements.read_judgements import judgements_file, read_judgements
from flows.settings import MIB, IngestSettings

TEXT = "The harbour master said that ferry {} would sail again in June."
RECORDS = '{"text": "The mayor said that the bridge was safe."}\n{"text": "The office said that it would rain."}\n'
CORRECTIONS = "corrections:\n  - match: {source_uri: one.txt}\n    action: exclude\n    reason: asked for\n"
JUDGEMENTS = "table,left,right,judgement,note\nclaim_mentions,It will rain,It rains,negative,\n"


@pytest.fixture
def seeds(s3_bucket: tuple[str, str]) -> str:
    """An address with three files, corrections and judgements."""
    address = f"s3://{s3_bucket[0]}/articles"
    put(address, "one.txt", TEXT.format("one"))
    put(address, "two.txt", TEXT.format("two"))
    put(address, "many.jsonl", RECORDS)
    put(address, "corrections.yml", CORRECTIONS)
    put(address, "judgements.csv", JUDGEMENTS)
    return address


def put(address: str, name: str, text: str) -> None:
    with fsspec.open(f"{address}/{name}", "wb") as sink:
        sink.write(text.encode())


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the objects that were asked of the store."""
    real, asked = door._remote_stream, []

    def counting(location: str) -> object:
        asked.append(location.rpartition("/")[2])
        return real(location)

    monkeypatch.setattr(door, "_remote_stream", counting)
    return asked


def listed(seeds: str) -> list[Source]:
    fsspec.filesystem("s3").invalidate_cache()
    return list_seeds(seeds)[0]


def texts(sources: list[Source]) -> list[str]:
    items = [item for source in sources for item in read_source(source, IngestSettings())]
    return [item.text for item in items if isinstance(item, RawDocument)]


def test_what_has_not_changed_is_not_fetched_again(seeds: str, fetched: list[str], tmp_path: Path) -> None:
    first = texts(kept_under(tmp_path / "objects", listed(seeds), MIB))
    assert len(first) == 4 and sorted(fetched) == ["many.jsonl", "one.txt", "two.txt"]
    fetched.clear()
    assert texts(kept_under(tmp_path / "objects", listed(seeds), MIB)) == first
    assert fetched == []
    put(seeds, "two.txt", TEXT.format("three"))
    assert TEXT.format("three") in texts(kept_under(tmp_path / "objects", listed(seeds), MIB))
    assert fetched == ["two.txt"]
    assert len(list((tmp_path / "objects").iterdir())) == 3, "what the store does not list any more goes"


def test_what_is_damaged_is_fetched_anew(seeds: str, fetched: list[str], tmp_path: Path) -> None:
    first = texts(kept_under(tmp_path / "objects", listed(seeds), MIB))
    for path in (tmp_path / "objects").iterdir():
        data = bytearray(path.read_bytes())
        data[-3] ^= 1
        path.write_bytes(data)
    fetched.clear()
    assert texts(kept_under(tmp_path / "objects", listed(seeds), MIB)) == first
    assert len(fetched) == 3


def test_half_of_an_object_and_what_passes_the_bound_are_not_kept(seeds: str, tmp_path: Path) -> None:
    sources = kept_under(tmp_path / "objects", listed(seeds), MIB)
    with door.open_source(sources[0]) as (stream, _):
        assert stream.read(5)
    longer = replace(sources[1], size=sources[1].size + 1)
    assert texts([longer])
    assert list((tmp_path / "objects").iterdir()) == []
    bare = [replace(source, kept=None) for source in sources]
    assert [source.kept for source in kept_under(tmp_path / "objects", bare, bare[0].size - 1)] == [None] * 3


def test_a_disk_that_refuses_keeps_nothing_and_everything_is_read(seeds: str, tmp_path: Path) -> None:
    (tmp_path / "objects").write_text("in the way")
    assert len(texts(kept_under(tmp_path / "objects", listed(seeds), MIB))) == 4


def test_corrections_and_judgements_are_read_from_an_address(seeds: str, tmp_path: Path) -> None:
    sources, about = list_seeds(seeds)
    assert [source.uri for source in sources] == ["many.jsonl", "one.txt", "two.txt"]
    fetch_about(seeds, about, tmp_path)
    folder = about_folder(seeds, tmp_path)
    assert [correction.action for correction in load_corrections(folder)] == ["exclude"]
    assert len(read_judgements(judgements_file(folder))) == 1
    assert about_folder("seeds/articles", tmp_path) == "seeds/articles"


def test_corrections_that_cannot_be_fetched_fail_the_build(seeds: str, tmp_path: Path) -> None:
    """Without them what they exclude would be published."""
    about = list_seeds(seeds)[1]
    fsspec.filesystem("s3").rm(f"{seeds}/corrections.yml")
    with pytest.raises(PlaceError, match=r"corrections\.yml .*cannot be fetched"):
        fetch_about(seeds, about, tmp_path)
