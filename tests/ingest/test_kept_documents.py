"""What was read before is looked up: the same rows, but for what a reader failed on, which is read again."""

import json
from pathlib import Path

import polars as pl
import pytest

from flows.ingest.cleaning.boilerplate import Boilerplate
from flows.ingest.formats.dispatch import divide_container
from flows.ingest.kept_documents import KeptDocuments, document_cache
from flows.ingest.read_and_clean import Ingested, read_and_clean
from flows.ingest.sources.local_files import Source
from flows.settings import IngestSettings, Settings
from schemas.vocabularies import RejectReason

SAID = "Ana Horvat, the mayor of Karlovac, said on Monday that the bridge would cost 40 million euros. "
RECORDS = "\n".join(json.dumps({"title": f"Bridge {number}", "text": SAID * number}) for number in range(1, 4))
PAGE = f"<html><title>Bridge</title><p>{SAID * 3}</p></html>"


def files() -> list[Source]:
    """A text, a container of three records and one that is broken, a page, and a text that is refused."""
    held = {"a.txt": SAID, "b.jsonl": f"{RECORDS}\n{{broken", "c.html": PAGE, "d.jsonl": RECORDS, "e.txt": "Too short."}
    return [Source(name, name, data=text.encode()) for name, text in held.items()]


def kept(folder: Path) -> KeptDocuments:
    return KeptDocuments(document_cache(folder, Settings()))


def ordered(found: Ingested) -> list[pl.DataFrame]:
    return [frame.sort(frame.columns, nulls_last=True) for frame in found]


def test_a_known_file_gives_the_rows_that_it_gave_when_it_was_read(tmp_path: Path, lexicon: Boilerplate) -> None:
    first = read_and_clean(files(), IngestSettings(), lexicon)
    kept(tmp_path).keep(files(), first)
    later = kept(tmp_path)
    new, wanted = later.divided(files())
    assert [source.uri for source in new] == ["b.jsonl"]  # the one with a broken record
    again = read_and_clean(new, IngestSettings(), lexicon)
    together = Ingested(*(pl.concat(both) for both in zip(again, later.load(wanted), strict=True)))
    assert [a.equals(b) for a, b in zip(ordered(together), ordered(first), strict=True)] == [True] * 3
    assert first.refused.filter(pl.col("reason") == RejectReason.MALFORMED).height == 1


@pytest.mark.parametrize("changed", [Source("z.txt", "z", data=SAID.encode()), Source("a.txt", "a", data=b"Other.")])
def test_another_name_or_other_bytes_are_read(changed: Source, tmp_path: Path, lexicon: Boilerplate) -> None:
    kept(tmp_path).keep(files(), read_and_clean(files(), IngestSettings(), lexicon))
    assert kept(tmp_path).divided([changed])[0] == [changed]


def test_a_record_of_a_large_container_is_found_by_its_bytes(tmp_path: Path, lexicon: Boilerplate) -> None:
    records = list(divide_container(files()[3], IngestSettings()))
    kept(tmp_path).keep(records, read_and_clean(records, IngestSettings(), lexicon))
    later = kept(tmp_path)
    new, wanted = later.divided(records)
    names = later.load(wanted).documents["source_uri"].sort().to_list()
    assert new == [] and names == [f"d.jsonl#{number}" for number in (1, 2, 3)]
