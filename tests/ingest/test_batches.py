"""How files become work: small containers go to workers together, a large one by its records, and gives the same."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from flows.ingest.batches import Batch, batches, read_in_workers
from flows.ingest.cleaning.boilerplate import Boilerplate
from flows.ingest.kept_documents import KeptDocuments, document_cache
from flows.ingest.limits import LIMITS
from flows.ingest.read_and_clean import read_and_clean
from flows.ingest.sources.open_source import list_sources
from flows.ingest.unread_files import Patience
from flows.runtime.workspace import Workspace
from flows.settings import IngestSettings, Settings
from tests.ingest.formats.test_warc import record


def write(folder: Path, containers: int) -> None:
    """Containers of two records each; every third one is packed."""
    for number in range(containers):
        records = [{"text": f"The keeper of pier {number} said that boat {n} would sail."} for n in range(2)]
        lines = "\n".join(map(json.dumps, records)).encode()
        packed = number % 3 == 0
        name = f"{number:04d}.jsonl{'.gz' if packed else ''}"
        (folder / name).write_bytes(gzip.compress(lines, mtime=0) if packed else lines)


def divided(folder: Path, settings: Settings) -> list[Batch]:
    return list(batches(list_sources(str(folder)), Patience(Workspace(folder), 0), settings))


def test_many_small_containers_are_handed_to_workers_together(tmp_path: Path, lexicon: Boilerplate) -> None:
    write(tmp_path, 150)
    found = divided(tmp_path, Settings())
    assert [len(batch.items) for batch in found] == [LIMITS.batch_sources, LIMITS.batch_sources, 22]
    assert [batch.full for batch in found] == [True, True, False]
    names = [
        name
        for batch in found
        for name in read_and_clean(batch.items, IngestSettings(), lexicon).inputs["source_uri"].to_list()
    ]
    assert len(names) == 300 and names == sorted(names)


PAGE = "<html><title>Pier {0}</title><p>The keeper of pier {0} said on Monday that the boat would sail.</p></html>"
LINES = [json.dumps({"text": f"The keeper of pier {n} said that the boat would sail."}) for n in range(30)]
LINES[4:4] = ["{}", "", "{broken", json.dumps({"html": PAGE.format(4)}), json.dumps({"text": "Ahoy."})]
BOMB = [*LINES[:12], *["{}"] * 30, *LINES[12:]]
RESPONSES = [
    record(f"https://pier.example/{n}", PAGE.format(n).encode(), status="404 Gone" if n % 5 == 0 else "200 OK")
    for n in range(24)
]


def of_two_builds(folder: Path, cache: Path, ingest: IngestSettings) -> list[tuple[list[pl.DataFrame], int]]:
    """What comes of the files in a folder, and how many items were read: in a build, and in the next one."""
    builds = []
    for _ in range(2):
        settings = Settings(shard_articles=7, ingest=ingest)
        kept = KeptDocuments(document_cache(cache, settings))
        done = []
        for batch in read_in_workers(list_sources(str(folder)), Patience(Workspace(folder), 0), kept, settings):
            kept.keep(batch.new, batch.found)
            done.append(batch)
        wanted, known = pl.concat(batch.wanted for batch in done), pl.DataFrame()
        known = kept.load(wanted)
        frames = [pl.concat(frames) for frames in zip(*(batch.found for batch in done), known, strict=False)]
        builds.append(([f.sort(f.columns, nulls_last=True) for f in frames], sum(len(b.new) for b in done)))
    return builds


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", "\n".join(LINES).encode()),
        ("a.jsonl.gz", gzip.compress("\n".join(LINES).encode())),
        ("a.jsonl", "\n".join(BOMB).encode()),
        ("a.warc", b"".join(RESPONSES)),
        ("a.warc.gz", b"".join(map(gzip.compress, RESPONSES))),
        ("a.warc", b"".join(RESPONSES)[:-100]),
    ],
)
def test_a_large_container_gives_the_same_record_by_record(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / name).write_bytes(data)
    (whole, _), _ = of_two_builds(tmp_path / "seeds", tmp_path / "cache", IngestSettings(max_unusable_run=20))
    large = IngestSettings(max_unusable_run=20, max_file_bytes=len(data) - 1)  # a record has less, the container more
    (apart, first), (again, later) = of_two_builds(tmp_path / "seeds", tmp_path / "cache", large)
    for frames in (apart, again):
        assert [a.equals(b) for a, b in zip(frames, whole, strict=True)] == [True] * 3
    assert whole[0].height >= 8 and later <= first - whole[0].height
