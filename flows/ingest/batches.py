"""Work for workers: files that are read whole, and records that are taken out of containers, in batches, in order.

A container is divided where it is open, by one process, which only finds the ends of its records; they are read by
workers, as files are. So one large container is spread over workers as many small ones are.
"""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from typing import NamedTuple

import polars as pl

from flows.ingest.cleaning import boilerplate
from flows.ingest.documents import Record
from flows.ingest.formats.dispatch import divide_container, is_streamed
from flows.ingest.formats.unusable_run import UnusableRun
from flows.ingest.kept_documents import Item, KeptDocuments
from flows.ingest.limits import LIMITS
from flows.ingest.read_and_clean import Ingested, clean_items, only_of, read_and_clean, unread_records
from flows.ingest.sources.local_files import Source
from flows.ingest.unread_files import Patience
from flows.lexicons.paths import asset
from flows.runtime.workers.executors import run_inline, submit
from flows.runtime.workers.processors import usable_processors
from flows.settings import Settings


class Batch(NamedTuple):
    """Items for one worker; whether they are as much as one gets; where they are of a container, what its run is."""

    items: list[Item]
    full: bool
    run: UnusableRun | None = None


class Done(NamedTuple):
    """What came of a batch: how many items, the new ones of them and what came of those, and the hashes of all."""

    items: int
    new: list[Item]
    wanted: pl.DataFrame
    found: Ingested
    files: int
    """How many files end in it; where a container ends is not known."""


class _Asked(NamedTuple):
    """A batch on its way."""

    batch: Batch
    new: list[Item]
    wanted: pl.DataFrame
    found: Future[Ingested]


def read_in_workers(
    sources: list[Source], patience: Patience, kept: KeptDocuments, settings: Settings
) -> Iterator[Done]:
    """Yield what comes of the sources, batch by batch in their order, some being worked at while one is taken."""
    lexicon = boilerplate.load(asset("lexicons/boilerplate.yml"))
    ahead: deque[_Asked] = deque()
    for_all = max(LIMITS.batches_ahead, min(usable_processors(), LIMITS.records_ahead))
    for batch in batches(patience.hopeful(sources), patience, settings):
        new, wanted = kept.divided(batch.items)
        # what is not full is the last of its kind: nothing is fetched beside it, and workers may still be loading
        ask = submit if batch.full and 2 * len(new) > len(batch.items) else run_inline
        ahead.append(_Asked(batch, new, wanted, ask(read_and_clean, new, settings.ingest, lexicon)))
        if len(ahead) > (LIMITS.batches_ahead if batch.run is None else for_all):
            yield from _taken(ahead.popleft(), kept, settings)
    for asked in ahead:
        yield from _taken(asked, kept, settings)


def _taken(asked: _Asked, kept: KeptDocuments, settings: Settings) -> Iterator[Done]:
    """Yield what came of a batch; of one whose container was given up by then, nothing."""
    items, _, run = asked.batch
    if run is None:
        yield Done(len(items), asked.new, asked.wanted, asked.found.result(), len(items))
    elif not run.over:
        found = asked.found.result()
        unread = unread_records(found)
        admitted = run.admitted(isinstance(item, Record) and item.source_uri not in unread for item in items)
        if not run.over:
            yield Done(len(items), asked.new, asked.wanted, found, 0)
            return
        new, wanted = kept.divided(items[:admitted])
        verdict = clean_items([run.verdict], settings.ingest, boilerplate.load(asset("lexicons/boilerplate.yml")))
        told = (pl.concat(both) for both in zip(only_of(new, found), verdict, strict=True))
        yield Done(admitted + 1, new, wanted, Ingested(*told), 0)


def batches(sources: Iterable[Source], patience: Patience, settings: Settings) -> Iterator[Batch]:
    """Yield what workers are to read, in the order of the sources."""
    most = min(settings.shard_articles, LIMITS.batch_sources)
    for streamed, some in itertools.groupby(
        sources, lambda source: not source.problem and is_streamed(source, settings.ingest)
    ):
        if streamed:
            for source in some:
                yield from _of_container(source, settings)
        else:
            yield from _runs((patience.fetched(s, settings.ingest) for s in some), most, None)


def _of_container(source: Source, settings: Settings) -> Iterator[Batch]:
    run = UnusableRun(source.uri, settings.ingest.max_unusable_run)
    with closing(divide_container(source, settings.ingest)) as records:
        yield from _runs(itertools.takewhile(lambda _: not run.over, records), settings.shard_articles, run)


def _runs(items: Iterable[Item], most: int, run: UnusableRun | None) -> Iterator[Batch]:
    """Yield the items in batches of at most `most`; one that has reached `batch_bytes` ends."""
    batch: list[Item] = []
    total = 0
    for item in items:
        batch.append(item)
        total += len(getattr(item, "data", None) or b"")
        if len(batch) == most or total >= LIMITS.batch_bytes:
            yield Batch(batch, True, run)
            batch, total = [], 0
    if batch:
        yield Batch(batch, False, run)
