"""Ingest as Prefect tasks: one shard of sources per task, articles and rejects into the workspace."""

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.ingest.clean_documents import SCHEMA
from flows.ingest.cleaning import boilerplate
from flows.ingest.corrections import apply, load_corrections
from flows.ingest.deduplication.duplicates_and_revisions import mark_copies
from flows.ingest.documents import REJECTS_SCHEMA, Reject
from flows.ingest.formats.dispatch import is_streamed, read_source
from flows.ingest.limits import LIMITS
from flows.ingest.read_and_clean import INPUTS, Ingested, clean_items, read_and_clean
from flows.ingest.reconciliation import reconcile
from flows.ingest.sources.about_the_articles import about_folder, fetch_about
from flows.ingest.sources.kept_objects import FOLDER as OBJECTS
from flows.ingest.sources.kept_objects import kept_under
from flows.ingest.sources.local_files import Source
from flows.ingest.sources.open_source import list_seeds
from flows.ingest.unread_files import Patience, demand_readable
from flows.ingest.withheld import take_out, without_names
from flows.lexicons.paths import asset
from flows.runtime.progress import counting, reporter
from flows.runtime.workers.executors import run_inline, submit
from flows.runtime.workspace import Workspace
from flows.settings import Settings
from flows.snapshots.reader import Snapshot
from flows.snapshots.take_downs import forgotten

Item = TypeVar("Item")


@task(
    name="read-sources",
    retries=2,
    retry_delay_seconds=2,
    cache_policy=NO_CACHE,
    persist_result=False,
    task_run_name="read-{number}",
)
def read_sources(number: int, sources: list[Source], workspace: Workspace, settings: Settings, spared: int) -> int:
    """Fetch some sources, let workers read and clean them, keep what comes back; return the number of documents.

    spared: how many of all sources may be unreadable. Soon after more of its own are, all tasks give up.
    """
    patience = Patience(workspace, spared + LIMITS.unread_files)
    documents = files = 0
    with counting("ingest") as count:
        for part, (whole, found) in enumerate(_read(sources, patience, settings)):
            documents += _keep(number, part, found, workspace)
            files += whole
            count(whole, "" if whole else f"{documents:,} documents so far")
        count(len(sources) - files)
    return documents


def _read(sources: list[Source], patience: Patience, settings: Settings) -> Iterator[tuple[int, Ingested]]:
    """Yield what came of each batch, in the order of the sources, with how many files end in it."""
    lexicon = boilerplate.load(asset("lexicons/boilerplate.yml"))
    ahead: deque[tuple[int, Future[Ingested]]] = deque()
    for step, batch, full in _batches(patience.hopeful(sources), patience, settings):
        whole = len(batch) if step is read_and_clean else 0  # where a container ends is not known here
        # what is not full is the last of its kind: nothing is fetched beside it, and workers may still be loading
        ahead.append((whole, (submit if full else run_inline)(step, batch, settings.ingest, lexicon)))
        if len(ahead) > LIMITS.batches_ahead:
            whole, waiting = ahead.popleft()
            yield whole, waiting.result()
    for whole, waiting in ahead:
        yield whole, waiting.result()


def _batches(
    sources: Iterable[Source], patience: Patience, settings: Settings
) -> Iterator[tuple[Callable[..., Ingested], list[Any], bool]]:
    """Yield what workers do (a function, what of, whether that is as much as one gets) in the order of the sources."""
    for streamed, some in itertools.groupby(
        sources, lambda source: not source.problem and is_streamed(source, settings.ingest)
    ):
        if streamed:
            for source in some:
                for items in _runs(read_source(source, settings.ingest), settings.shard_articles):
                    yield clean_items, items, len(items) == settings.shard_articles
        else:
            most = min(settings.shard_articles, LIMITS.batch_sources)
            for fetched in _runs((patience.fetched(s, settings.ingest) for s in some), most, _size):
                yield read_and_clean, fetched, len(fetched) == most or sum(map(_size, fetched)) >= LIMITS.batch_bytes


def _size(fetched: Source | Reject) -> int:
    return len(fetched.data or b"") if isinstance(fetched, Source) else 0


def _runs(items: Iterable[Item], most: int, size: Callable[[Item], int] = lambda _: 0) -> Iterator[list[Item]]:
    """Yield the items in runs of at most `most`; one that has reached `batch_bytes` ends."""
    run: list[Item] = []
    total = 0
    for item in items:
        run.append(item)
        total += size(item)
        if len(run) == most or total >= LIMITS.batch_bytes:
            yield run
            run, total = [], 0
    if run:
        yield run


def _keep(number: int, part: int, found: Ingested, workspace: Workspace) -> int:
    for kind, frame in found._asdict().items():
        frame.write_parquet(workspace.shard(kind, number, part))
    return found.inputs.height


@flow(name="ingest", flow_run_name="ingest", validate_parameters=False, persist_result=False)
def ingest(seeds: str, workspace: Workspace, cache: Path, parent: Snapshot | None, settings: Settings) -> int:
    """Read everything under `seeds` and return the number of articles. parent: folder of the previous snapshot.

    cache: folder in which objects of a store are kept.

    Leaves `articles`, `ingest_rejects` and `inputs` in the workspace. Raises InputError where there is nothing to
    read, PlaceError where more files cannot be read than `max_unread_share`, SettingsError where a correction matches
    nothing.
    """
    report = reporter()
    listed, about = list_seeds(seeds)
    fetch_about(seeds, about, workspace.path)
    sources = kept_under(cache / OBJECTS, listed, settings.cache_max_bytes)
    report.start("ingest", len(sources), "files")
    chunks = [sources[at : at + LIMITS.sources_per_task] for at in range(0, len(sources), LIMITS.sources_per_task)]
    spared = int(settings.ingest.max_unread_share * len(sources))
    futures = [read_sources.submit(number, chunk, workspace, settings, spared) for number, chunk in enumerate(chunks)]
    for future in as_completed(futures):
        future.result()
    documents = workspace.gathered("documents", SCHEMA)
    refused = workspace.gathered("refused", REJECTS_SCHEMA)
    demand_readable(seeds, refused, len(sources), spared)
    inputs = workspace.gathered("inputs", INPUTS)
    corrected, corrected_rejects, excluded = apply(
        load_corrections(about_folder(seeds, workspace.path)), documents, refused
    )
    kept, told, taken_down = take_out(corrected, corrected_rejects, inputs, forgotten.read(workspace.path))
    earlier = parent.tables["articles"] if parent else None
    articles, copies = mark_copies(kept, earlier, settings.ingest)
    rejects = pl.concat([told, copies])
    reconcile([source.uri for source in sources], inputs, articles, rejects)
    workspace.put("articles", articles)
    workspace.put("ingest_rejects", without_names(rejects, excluded | taken_down))
    workspace.put("inputs", without_names(inputs, excluded | taken_down))
    report.finish("ingest", f"{articles.height} articles, {rejects.height} rejects")
    return articles.height
