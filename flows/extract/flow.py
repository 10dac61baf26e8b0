"""Extraction as Prefect tasks: a shard of articles a task, results into the cache, everything known left alone."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import polars as pl
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.extract.cache import load_results, result_cache
from flows.extract.extract_articles import extract_rows, load_reader
from flows.extract.limits import LIMITS
from flows.extract.nested_rows import KEY
from flows.lexicons.paths import reader_folder
from flows.runtime.cache import Cache
from flows.runtime.progress import counting, reporter
from flows.runtime.workers.executors import abandon_work, map_in_workers, start_workers
from flows.runtime.workspace import Workspace
from flows.settings import Settings


def preload_reader(settings: Settings) -> Callable[[], None]:
    """Return what a worker process calls to load the reader, while articles are still read from files."""
    return partial(load_reader, reader_folder(settings.extract.reader), settings.extract)


@task(
    name="extract-shard",
    retries=2,
    retry_delay_seconds=2,
    cache_policy=NO_CACHE,
    persist_result=False,
    task_run_name="extract-{number}",
)
def extract_shard(number: int, workspace: Workspace, cache: Cache, settings: Settings) -> int:
    """Extracts one shard of articles into the cache; how many articles it had."""
    articles = pl.read_parquet(workspace.shard("extract", number))
    model = reader_folder(settings.extract.reader)
    half = int(articles["text"].str.len_chars().sum()) // 2  # a few new articles keep two processors busy, too
    parts = by_size(articles, max(1, min(LIMITS.part_characters, half)))
    calls = [(part, model, settings.extract) for part in parts]
    with counting("extract") as count:
        cache.store(pl.concat(map_in_workers(extract_rows, calls, done=lambda number: count(parts[number].height))))
    return articles.height


def split(articles: pl.DataFrame, most: int, workspace: Workspace) -> int:
    """Writes articles as shards of at most `most` rows and about `task_characters` of text; how many shards.

    Near-copies stand together, so that the reader meets again what it has just read.
    """
    ordered = articles.sort(pl.coalesce("duplicate_of", "article_id"), "article_id")
    parts = [rows for part in by_size(ordered, LIMITS.task_characters) for rows in part.iter_slices(most)]
    for index, part in enumerate(parts):
        part.write_parquet(workspace.shard("extract", index), compression="lz4", statistics=False)
    return len(parts)


def by_size(articles: pl.DataFrame, chars: int) -> list[pl.DataFrame]:
    """Articles in runs of about `chars` characters of text, in their order."""
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    number = ((size.cum_sum() - size) // chars).alias("_run")
    return articles.with_columns(number).partition_by("_run", maintain_order=True, include_key=False)


@flow(name="extract", flow_run_name="extract", validate_parameters=False, persist_result=False)
def extract(workspace: Workspace, output: Path, settings: Settings) -> int:
    """Finds mentions and claims of every article; how many articles had to be read, the cache knowing the others."""
    articles = workspace.get("articles").select("article_id", "published_on", "text", "duplicate_of")
    cache = result_cache(output, settings)
    new = articles.join(cache.known(), on=KEY, how="anti", nulls_equal=True)
    report = reporter()
    report.start("extract", new.height, "articles")
    if new.height:
        start_workers(1 + int(new["text"].str.len_chars().sum()) // LIMITS.worker_characters)
    shards = split(new, settings.shard_articles, workspace)
    futures = [extract_shard.submit(number, workspace, cache, settings) for number in range(shards)]
    try:
        for future in as_completed(futures, timeout=timedelta(days=7).total_seconds()):
            future.result()
    except BaseException:
        abandon_work()  # the tasks that still run end at once, not when their shards are done
        raise
    found = load_results(cache, articles)
    workspace.put("found_mentions", found["mentions"])
    workspace.put("found_claims", found["claims"])
    workspace.put("dropped_claims", found["dropped"])
    cache.prune(articles)
    report.finish("extract", f"{new.height} read, {articles.height - new.height} known from before")
    return new.height
