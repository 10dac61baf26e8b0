"""Ingest as Prefect tasks: one shard of sources per task, articles and rejects into the workspace."""

from pathlib import Path

import polars as pl
from pandera.typing.polars import DataFrame
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.ingest.batches import read_in_workers
from flows.ingest.clean_documents import SCHEMA, CleanDocuments
from flows.ingest.corrections import apply, load_corrections
from flows.ingest.deduplication.duplicates_and_revisions import mark_copies
from flows.ingest.documents import REJECTS_SCHEMA
from flows.ingest.kept_documents import WANTED, KeptDocuments, document_cache
from flows.ingest.limits import LIMITS
from flows.ingest.read_and_clean import INPUTS, Ingested
from flows.ingest.reconciliation import reconcile
from flows.ingest.sources.about_the_articles import about_folder, fetch_about
from flows.ingest.sources.kept_objects import FOLDER as OBJECTS
from flows.ingest.sources.kept_objects import kept_under
from flows.ingest.sources.local_files import Source
from flows.ingest.sources.open_source import list_seeds
from flows.ingest.unread_files import Patience, demand_readable
from flows.ingest.withheld import take_out, without_names
from flows.runtime.progress import counting, reporter
from flows.runtime.workspace import Workspace
from flows.settings import Settings
from flows.snapshots.reader import Snapshot
from flows.snapshots.take_downs import forgotten


@task(
    name="read-sources",
    retries=2,
    retry_delay_seconds=2,
    cache_policy=NO_CACHE,
    persist_result=False,
    task_run_name="read-{number}",
)
def read_sources(
    number: int, sources: list[Source], workspace: Workspace, kept: KeptDocuments, settings: Settings, spared: int
) -> int:
    """Fetch some sources, let workers read and clean what is new, keep what comes back; return how many items it was.

    spared: how many of all sources may be unreadable. Soon after more of its own are, all tasks give up.
    """
    patience = Patience(workspace, spared + LIMITS.unread_files)
    items = files = 0
    with counting("ingest") as count:
        for part, done in enumerate(read_in_workers(sources, patience, kept, settings)):
            kept.keep(done.new, done.found)
            for kind, frame in {**done.found._asdict(), "wanted": done.wanted}.items():
                frame.write_parquet(workspace.shard(kind, number, part))
            items += done.items
            files += done.files
            count(done.files, "" if done.files else f"{items:,} documents so far")
        count(len(sources) - files)
    return items


@flow(name="ingest", flow_run_name="ingest", validate_parameters=False, persist_result=False)
def ingest(seeds: str, workspace: Workspace, cache: Path, parent: Snapshot | None, settings: Settings) -> int:
    """Read everything under `seeds` and return the number of articles. parent: folder of the previous snapshot.

    cache: folder in which objects of a store are kept, and what files came to.

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
    before = KeptDocuments(document_cache(cache, settings))
    futures = [
        read_sources.submit(number, some, workspace, before, settings, spared) for number, some in enumerate(chunks)
    ]
    for future in as_completed(futures):
        future.result()
    documents, refused, inputs = _gathered(workspace, before)
    demand_readable(seeds, refused, len(sources), spared)
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


def _gathered(workspace: Workspace, kept: KeptDocuments) -> Ingested:
    """All that was read, in this build or before."""
    known = kept.load(workspace.gathered("wanted", WANTED))
    documents = pl.concat([workspace.gathered("documents", SCHEMA), known.documents])
    return Ingested(
        DataFrame[CleanDocuments](documents),
        pl.concat([workspace.gathered("refused", REJECTS_SCHEMA), known.refused]),
        pl.concat([workspace.gathered("inputs", INPUTS), known.inputs]),
    )
