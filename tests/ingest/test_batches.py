"""How files become work: many small containers go to workers together, a large one is read where it is open."""

import gzip
import json
from pathlib import Path

import polars as pl

from flows.ingest.cleaning.boilerplate import Boilerplate
from flows.ingest.flow import _batches
from flows.ingest.limits import LIMITS
from flows.ingest.read_and_clean import clean_items, read_and_clean
from flows.ingest.sources.open_source import list_sources
from flows.ingest.unread_files import Patience
from flows.runtime.workspace import Workspace
from flows.settings import IngestSettings, Settings


def write(folder: Path, containers: int) -> None:
    """Containers of two records each; every third one is packed."""
    for number in range(containers):
        records = [{"text": f"The keeper of pier {number} said that boat {n} would sail."} for n in range(2)]
        lines = "\n".join(map(json.dumps, records)).encode()
        packed = number % 3 == 0
        name = f"{number:04d}.jsonl{'.gz' if packed else ''}"
        (folder / name).write_bytes(gzip.compress(lines, mtime=0) if packed else lines)


def batches(folder: Path, settings: Settings) -> list[tuple]:
    return list(_batches(list_sources(str(folder)), Patience(Workspace(folder), 0), settings))


def test_many_small_containers_are_handed_to_workers_together(tmp_path: Path, lexicon: Boilerplate) -> None:
    write(tmp_path, 150)
    found = batches(tmp_path, Settings())
    assert {step for step, _, _ in found} == {read_and_clean}
    assert [len(batch) for _, batch, _ in found] == [LIMITS.batch_sources, LIMITS.batch_sources, 22]
    assert [full for _, _, full in found] == [True, True, False]
    names = [
        name
        for step, batch, _ in found
        for name in step(batch, IngestSettings(), lexicon).inputs["source_uri"].to_list()
    ]
    assert len(names) == 300 and names == sorted(names)


def test_a_large_container_is_read_where_it_is_open_and_gives_the_same(tmp_path: Path, lexicon: Boilerplate) -> None:
    write(tmp_path, 3)
    (tmp_path / "0000.jsonl.gz").unlink()
    small = IngestSettings(max_file_bytes=100)  # a record has less, a container has more
    found = batches(tmp_path, Settings(ingest=small))
    assert {step for step, _, _ in found} == {clean_items}
    apart = pl.concat(step(batch, small, lexicon).documents for step, batch, _ in found)
    together = pl.concat(step(b, IngestSettings(), lexicon).documents for step, b, _ in batches(tmp_path, Settings()))
    assert apart.height == 4 and apart.equals(together)
