"""How long a million claim mentions take to group, and in how much memory: the resolution step alone.

Claims are the sentences of eval/news, taken again with words left out until there are enough of them; a
name is a run of capitalised words; a meaning is the sum of fixed random vectors of the words. So wordings
repeat as in real news, where most sentences stand alone and agency copy returns many times. Nothing is read by the pair
model unless --read is given: a build asks it about 120,000 pairs and as many conflicts at most, at 3 ms of a core each,
however many claims there are. As in a build, one worker process a processor compares.

Usage: python -m tests.benchmarks.claims [--shared ../shared] [--claims 1000000] [--read]
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from flows.resolve.claims.matching.decisions import Judge
from flows.resolve.claims.pairs.pair_model import PairModel
from flows.resolve.claims.resolve_claims import resolve_claims
from flows.resolve.conflicts.find_conflicts import find_conflicts
from flows.runtime.environment import collector_paused
from flows.runtime.workers.executors import executing
from flows.runtime.workers.process_pool import ProcessPool
from flows.runtime.workers.processors import usable_processors
from flows.settings import ResolveSettings
from schemas import ids
from schemas.intermediate import MEANING_SIZE, FoundClaims
from tests.benchmarks._measured import as_in_a_build, watched
from tests.benchmarks.growth import Unread

_SENTENCE = re.compile(r"[^.!?\n]{30,400}[.!?]")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Entities:
    """Stands for the resolution of entities: a name is the entity of that name."""

    entities: pl.DataFrame
    mentions: pl.DataFrame


class _Meanings:
    """Meanings of sentences as sums of word vectors from a seeded generator."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)
        self._known: dict[str, np.ndarray] = {}

    def of(self, text: str) -> np.ndarray:
        """A vector of -127..127 as int8."""
        total = np.zeros(MEANING_SIZE, np.float32)
        for word in _WORD.findall(text.lower()):
            if word not in self._known:
                vector = self._random.standard_normal(MEANING_SIZE).astype(np.float32)
                self._known[word] = vector * np.float32(min(len(word), 8))
            total += self._known[word]
        return np.round(total * (127 / max(1e-9, float(np.abs(total).max())))).astype(np.int8)


def sentences(shared: Path, count: int) -> list[tuple[int, int, str]]:
    """(article number, story number, sentence), `count` of them; from the second round on with a word left out.

    Rounds of one article are one story.
    """
    with (shared / "eval/news/all.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    found: list[tuple[int, int, str]] = []
    for turn in range(1000):
        for number, text in enumerate(texts):
            for sentence in map(str.strip, _SENTENCE.findall(text)):
                words = sentence.split()
                if len(words) < 3:
                    continue
                if turn:
                    del words[(turn * 7 + len(words)) % len(words)]
                found.append((turn * len(texts) + number, number, " ".join(words)))
                if len(found) == count:
                    return found
    return found


def frames(claims: list[tuple[int, int, str]]) -> tuple[pl.DataFrame, pl.DataFrame, _Entities]:
    """Articles, found claims and entities of generated claims, as resolution takes them."""
    meanings, rows, named, start, last = _Meanings(), [], [], 0, -1
    meant = np.empty((len(claims), MEANING_SIZE), np.int8)
    told = {}
    for article, story, text in claims:
        told[ids.article_id(str(article))] = ids.story_id(str(story))
        start = 0 if article != last else start
        last = article
        meant[len(rows)] = meanings.of(text)
        rows.append((ids.article_id(str(article)), start, start + len(text), text))
        named += [(rows[-1][0], start + m.start(), start + m.end(), m.group()) for m in _NAME.finditer(text)]
        start += len(text) + 1
    base = pl.DataFrame(
        rows,
        schema={"article_id": pl.String, "start_char": pl.Int32, "end_char": pl.Int32, "text": pl.String},
        orient="row",
    ).with_columns(meaning=pl.Series(meant).arr.to_list())
    types = {name: column.dtype.type for name, column in FoundClaims.to_schema().columns.items()}
    constant = {
        "attribution": "narrated",
        "polarity": "affirmed",
        "modality": "asserted",
        "finite": True,
        "confidence": 1.0,
    }
    found = base.with_columns(
        pl.concat_list(pl.struct("start_char", "end_char")).alias("spans"),
        *[pl.lit(value).alias(name) for name, value in constant.items()],
        *[pl.lit([], types[name]).alias(name) for name in ("quantities", "dates", "speaker_antecedents")],
        statement=pl.col("text"),
        context_start_char=pl.col("start_char"),
        context_end_char=pl.col("end_char"),
    ).with_columns(statement_parts=_verbatim())
    missing = [name for name in types if name not in found.columns]
    found = found.with_columns(pl.lit(None, types[name]).alias(name) for name in missing).select(list(types))
    mentions = pl.DataFrame(
        named, schema={"article_id": pl.String, "start_char": pl.Int32, "end_char": pl.Int32, "surface": pl.String},
        orient="row",
    ).with_columns(entity_id=pl.col("surface"), entity_type=pl.lit("ORG"))  # fmt: skip
    entities = mentions.select("entity_id").unique().with_columns(stands_for=pl.lit(None, pl.String))
    articles = pl.DataFrame({"article_id": list(told), "story_id": list(told.values())}).with_columns(
        published_on=pl.lit(None, pl.Date),
        text=pl.lit(""),
        **{name: pl.lit(None, pl.String) for name in ("publisher", "duplicate_of", "revision_of")},
    )
    return articles, found, _Entities(entities, mentions)


def _verbatim() -> pl.Expr:
    """The spans as parts of a statement that says no more than they."""
    part = pl.struct(pl.element().struct.field("start_char", "end_char"), kind=pl.lit("verbatim"))
    return pl.col("spans").list.eval(part)


def _read(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame, _Entities]:
    articles, found, entities, mentions = (
        pl.read_parquet(folder / f"{name}.parquet") for name in ("articles", "found", "entities", "mentions")
    )
    return articles, found, _Entities(entities, mentions)


def _write(folder: Path, shared: Path, count: int) -> None:
    articles, found, entities = frames(sentences(shared, count))
    named = {"articles": articles, "found": found, "entities": entities.entities, "mentions": entities.mentions}
    for name, frame in named.items():
        frame.write_parquet(folder / f"{name}.parquet")


def main() -> None:
    """Groups generated claims once and prints seconds and the peak of memory, the generator in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--read", action="store_true", help="ask the pair model")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    as_in_a_build()
    if not (arguments.shared / "eval/news/all.jsonl").is_file():
        sys.exit(f"skipped: no eval/news/all.jsonl in {arguments.shared}")
    if arguments.write:
        _write(arguments.write, arguments.shared, arguments.claims)
        return
    with tempfile.TemporaryDirectory() as folder:
        again = [sys.executable, "-m", "tests.benchmarks.claims", "--shared", str(arguments.shared)]
        subprocess.run([*again, "--claims", str(arguments.claims), "--write", folder], check=True)
        given = _read(Path(folder))
    articles, entities, count = given[0], given[2], given[1].height
    found = [given[1]]
    del given
    model: Judge = PairModel.load() if arguments.read else Unread()
    started, worked, before = time.perf_counter(), time.process_time(), _of_workers()
    with (  # as in the flow
        collector_paused(),
        watched(os.getpid()) as peak,
        ProcessPool(usable_processors()) as workers,
        executing(workers),
    ):
        result = resolve_claims(articles, found.pop(), entities, None, (), ResolveSettings(), "2.2.0", model)
        grouped = time.perf_counter() - started
        conflicts = find_conflicts(result.open_pairs, model, articles, {})
        seconds = time.perf_counter() - started
    here, there = time.process_time() - worked, _of_workers() - before
    print(
        f"{count:,} claim mentions, {result.claims.height:,} claims, {conflicts.height:,} conflicts: "
        f"{seconds:.0f} s, {grouped:.0f} of them without conflicts ({here:.0f} s of processor here, {there:.0f} in "
        f"{usable_processors()} workers), peak {peak[0] / 2**10:.1f} GiB of all processes, the input in it"
    )


def _of_workers() -> float:
    """Seconds of processor that processes took which have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


if __name__ == "__main__":
    main()
