"""A corpus that changes from build to build, through the real steps, without Prefect: what is kept, and what is not.

`Corpus.step` makes all tables of the articles that are there now, on the snapshot before, and publishes them. Made
again with another folder of caches, an empty one, it is the build from nothing with the same history.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from flows.extract.cache import load_results, result_cache
from flows.extract.extract_articles import extract_rows
from flows.extract.nested_rows import KEY
from flows.ingest.cleaning import boilerplate
from flows.ingest.deduplication.duplicates_and_revisions import mark_copies
from flows.ingest.documents import Record
from flows.ingest.formats.json_records import LINES
from flows.ingest.kept_documents import KeptDocuments, document_cache
from flows.ingest.read_and_clean import read_and_clean
from flows.lexicons.paths import asset, reader_folder
from flows.publish.commit import commit, discard, stage, unchanged
from flows.resolve.flow import resolve
from flows.runtime.workspace import Workspace
from flows.settings import Settings
from flows.snapshots.output_folder.store import publishing
from flows.snapshots.reader import Snapshot
from flows.validate.flow import validate
from schemas.tables import TABLES
from tests.builders.synthetic import described

SETTINGS = Settings()
PEOPLE = ("Ana Horvat", "Tomas Lindqvist", "Fatou Diallo")
WORKS = ("bridge", "harbour", "stadium")


def text(number: int, edition: int) -> str:
    """An article on one of three works: who speaks, what it costs and when it opens follow from two numbers."""
    name, other, work = PEOPLE[number % 3], PEOPLE[(number + 1 + edition) % 3], WORKS[number // 2 % 3]
    return (
        f"{name}, mayor of Karlovac, said on Monday that the {work} would cost {40 + 10 * edition} million euros.\n\n"
        f"{other} told reporters that the {work} will {'not ' * (edition % 2)}open in June. The council approved "
        f"the {work} by {30 + number} votes."
    )


@dataclass
class Corpus:
    """Articles by number, with the edition that is there now, and the folder that snapshots are published in."""

    output: Path
    articles: dict[int, int] = field(default_factory=dict)

    def tables(self, cache: Path, work: Path) -> dict[str, pl.DataFrame]:
        """Return all tables of the articles that are there now, on the latest snapshot; `cache` holds what is kept."""
        with publishing(self.output) as store:
            latest = store.history().latest
            parent = Snapshot(store.folder(latest)) if latest else None
        version = f"2.0.{int(latest.rpartition('.')[2]) + 1}" if latest else "2.0.0"
        work.mkdir(parents=True)
        workspace = Workspace(work)
        self._read(workspace, cache, parent)
        resolve.fn(workspace, cache, str(self.output / "seeds"), parent, version, SETTINGS)
        validate.fn(workspace, parent, version)
        return {name: workspace.get(f"table-{name}") for name in TABLES}

    def publish(self, tables: dict[str, pl.DataFrame]) -> None:
        """Make the tables the latest snapshot, where a row has changed."""
        with publishing(self.output) as store:
            staged = stage(store, tables)
            if unchanged(staged):
                discard(staged)
            else:
                commit(staged, described(staged, ()))

    def _read(self, workspace: Workspace, cache: Path, parent: Snapshot | None) -> None:
        """What ingest and extraction leave in the workspace."""
        raw = [
            Record(
                f"{number}.txt",
                LINES,
                json.dumps({"text": text(number, edition), "date": f"2024-03-{1 + number:02}"}).encode(),
            )
            for number, edition in self.articles.items()
        ]
        clean, refused = self._cleaned(raw, KeptDocuments(document_cache(cache, SETTINGS)))
        articles, copies = mark_copies(clean, parent.tables["articles"] if parent else None, SETTINGS.ingest)
        kept = result_cache(cache, SETTINGS)
        new = articles.join(kept.known(), on=KEY, how="anti", nulls_equal=True)
        if new.height:
            kept.store(extract_rows(new, reader_folder(None), SETTINGS.extract))
        found = load_results(kept, articles)
        kept.prune(articles)
        workspace.put("articles", articles)
        workspace.put("ingest_rejects", pl.concat([refused, copies]))
        workspace.put("found_mentions", found["mentions"])
        workspace.put("found_claims", found["claims"])

    def _cleaned(self, raw: list[Record], kept: KeptDocuments) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Articles and rejects of the documents, of which those are cleaned that are not in the cache."""
        new, wanted = kept.divided(raw)
        found = read_and_clean(new, SETTINGS.ingest, boilerplate.load(asset("lexicons/boilerplate.yml")))
        kept.keep(new, found)
        known = kept.load(wanted)
        return pl.concat([found.documents, known.documents]), pl.concat([found.refused, known.refused])
