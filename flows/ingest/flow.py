"""Ingest as Prefect tasks: one shard of sources per task, articles and rejects into the workspace."""

import itertools
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future

import polars as pl
from pandera.typing.polars import DataFrame
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.ingest.clean_documents import SCHEMA, CleanDocuments, clean_documents
from flows.ingest.cleaning import boilerplate
from flows.ingest.corrections import apply, load_corrections
from flows.ingest.deduplication.duplicates_and_revisions import mark_copies
from flows.ingest.documents import REJECTS_SCHEMA, RawDocument, Reject, rejects_frame
from flows.ingest.formats.dispatch import read_source
from flows.ingest.limits import LIMITS
from flows.ingest.reconciliation import reconcile
from flows.ingest.sources.local_files import Source
from flows.ingest.sources.open_source import list_sources
from flows.lexicons.paths import asset
from flows.runtime.executors import run_inline, submit
from flows.runtime.progress import reporter
from flows.runtime.workspace import Workspace
from flows.settings import Settings
from flows.snapshots.reader import Snapshot
from schemas.rejects import Rejects

INPUTS = {"source_uri": pl.String, "sha256": pl.String, "bytes": pl.Int64}
Cleaned = tuple[DataFrame[CleanDocuments], DataFrame[Rejects]]
NOT_READ = ""
"""Hash of what was never opened: a pipe, a link out of the folder, a file that cannot be read."""


@task(
    name="read-sources",
    retries=2,
    retry_delay_seconds=2,
    cache_policy=NO_CACHE,
    persist_result=False,
    task_run_name="read-{number}",
)
def read_sources(number: int, sources: list[Source], workspace: Workspace, settings: Settings) -> int:
    """Read some sources, let workers clean them, keep the results as shards; return the number of documents."""
    lexicon = boilerplate.load(asset("lexicons/boilerplate.yml"))
    items = (item for source in sources for item in read_source(source, settings.ingest))
    cleaned: deque[tuple[int, list[RawDocument | Reject], Future[Cleaned]]] = deque()
    done = 0
    for part, batch in enumerate(_batches(items, settings.shard_articles)):
        documents = [item for item in batch if isinstance(item, RawDocument)]
        call = submit if len(batch) == settings.shard_articles else run_inline  # nothing is read beside the last batch
        cleaned.append((part, batch, call(clean_documents, documents, settings.ingest, lexicon)))
        done += len(batch)
        if len(cleaned) > LIMITS.batches_ahead:
            _keep(number, *cleaned.popleft(), workspace)
    for waiting in cleaned:
        _keep(number, *waiting, workspace)
    return done


def _keep(
    number: int, part: int, batch: list[RawDocument | Reject], cleaned: "Future[Cleaned]", workspace: Workspace
) -> None:
    articles, unusable = cleaned.result()
    refused = rejects_frame([item for item in batch if isinstance(item, Reject)])
    articles.write_parquet(workspace.shard("documents", number, part))
    pl.concat([refused, unusable]).write_parquet(workspace.shard("refused", number, part))
    _inputs(batch).write_parquet(workspace.shard("inputs", number, part))


def _batches(items: Iterator[RawDocument | Reject], size: int) -> Iterator[list[RawDocument | Reject]]:
    while batch := list(itertools.islice(items, size)):
        yield batch


def _inputs(batch: list[RawDocument | Reject]) -> pl.DataFrame:
    rows = [(item.source_uri, item.sha256 or NOT_READ, item.size or 0) for item in batch]
    return pl.DataFrame(rows, schema=INPUTS, orient="row")


@flow(name="ingest", validate_parameters=False, persist_result=False)
def ingest(seeds: str, workspace: Workspace, parent: Snapshot | None, settings: Settings) -> int:
    """Read everything under `seeds` and return the number of articles. parent: folder of the previous snapshot.

    Leaves `articles`, `ingest_rejects` and `inputs` in the workspace. Raises InputError where there is nothing to
    read, SettingsError where a correction matches nothing.
    """
    report = reporter()
    sources = list_sources(seeds)
    report.start("ingest", len(sources), "files")
    chunks = [sources[at : at + LIMITS.sources_per_task] for at in range(0, len(sources), LIMITS.sources_per_task)]
    futures = {
        read_sources.submit(number, chunk, workspace, settings): len(chunk) for number, chunk in enumerate(chunks)
    }
    for future in as_completed(list(futures)):
        future.result()
        report.advance("ingest", futures[future])
    documents = workspace.gathered("documents", SCHEMA)
    refused = workspace.gathered("refused", REJECTS_SCHEMA)
    inputs = workspace.gathered("inputs", INPUTS)
    kept, refused_or_excluded = apply(load_corrections(seeds), documents, refused)
    earlier = parent.tables["articles"] if parent else None
    articles, copies = mark_copies(kept, earlier, settings.ingest)
    rejects = pl.concat([refused_or_excluded, copies])
    reconcile([source.uri for source in sources], inputs, articles, rejects)
    workspace.put("articles", articles)
    workspace.put("ingest_rejects", rejects)
    workspace.put("inputs", inputs)
    report.finish("ingest", f"{articles.height} articles, {rejects.height} rejects")
    return articles.height
