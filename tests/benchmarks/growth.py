"""What resolution and validation of many articles cost, by step: of the articles of a finished build, taken again.

An article is taken as often as is asked, each time two months later, with most of its names spelled otherwise by
letters that are exchanged, so that every place stays where it is and names grow with the corpus. What extraction found
in it is taken along: nothing is read anew. The pair model is left out, every pair being another matter to it; its cost
is that of the pairs (`docs/performance.md`), and it works in other processes.

Usage: python -m tests.benchmarks.growth OUTPUT [--copies 10]; OUTPUT: the folder of a build.
"""

import argparse
import functools
import importlib
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from flows.extract.cache import load_results, result_cache
from flows.resolve import flow as resolution
from flows.resolve.claims.pairs.pair_model import ANSWERS, OTHER
from flows.runtime.workspace import Workspace
from flows.settings import Settings
from flows.validate.flow import validate
from schemas import ids
from schemas.statements import render
from schemas.vocabularies import StatementPart
from tests.benchmarks._measured import as_in_a_build

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvz"
RENAMED = 60
"""Of a hundred capitalised words those that are spelled otherwise in a copy; the others are known names."""
APART, UNDATED = timedelta(days=60), date(2015, 1, 1)
STEPS = (
    ("resolve.flow", "resolve_entities"), ("resolve.flow", "resolve_stories"), ("resolve.flow", "resolve_claims"),
    ("resolve.flow", "find_conflicts"), ("resolve.claims.comparison", "candidates"),
    ("resolve.claims.comparison", "decide"),
)  # fmt: skip


class Unread:
    """Stands for the answers of the pair model: no two statements have to do with each other."""

    def __init__(self, *_: object) -> None: ...

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Everything is another matter."""
        answers = np.zeros((len(pairs), len(ANSWERS)), np.float32)
        answers[:, OTHER] = 1
        return answers

    def close(self) -> None:
        """Nothing is kept."""


def renamed(text: str | None, copy: int) -> str | None:
    """The text with most of its capitalised words spelled otherwise, each as long as it was."""
    if not text or not copy:
        return text
    exchanged = {"": ""}
    for letters in (_VOWELS, _CONSONANTS):
        turn = copy % len(letters)
        exchanged |= dict(zip(letters, letters[turn:] + letters[:turn], strict=True))
    table = str.maketrans({a: b for a, b in exchanged.items() if a})

    def other(found: re.Match[str]) -> str:
        word = found[0]
        if zlib.crc32(f"{copy} {word}".encode()) % 100 >= RENAMED:
            return word
        return word[0] + word[1:].translate(table)

    return _NAME.sub(other, text)


def copied(frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    """A table with its words as the copy has them, and the ids of the copy's articles."""
    words = [name for name in ("text", "title", "statement", "proposition", "role") if name in frame]
    spelled = [pl.Series(name, [renamed(text, copy) for text in frame[name]], pl.String) for name in words]
    number = {article: ids.article_id(f"{article} {copy}") for article in frame["article_id"].unique()}
    return frame.with_columns(*spelled, article_id=pl.col("article_id").replace_strict(number))


def cut(frame: pl.DataFrame, texts: dict[str, str], name: str, start: str, end: str) -> pl.Series:
    """The words of a range of each row, as the article spells them."""
    rows = frame.select("article_id", start, end).iter_rows()
    return pl.Series(name, [None if at is None else texts[article][at:to] for article, at, to in rows], pl.String)


def respelled(frame: pl.DataFrame, texts: dict[str, str]) -> pl.DataFrame:
    """Mentions or claims with the words of their ranges as the articles spell them."""
    if "surface" in frame:
        return frame.with_columns(cut(frame, texts, "surface", "start_char", "end_char"))
    pieces = frame.select("article_id", "spans").iter_rows()
    joined = [" ".join(texts[article][s["start_char"] : s["end_char"]] for s in spans) for article, spans in pieces]
    written = list(frame.select("article_id", "statement_parts").iter_rows())
    said = [render(texts[article], parts) for article, parts in written]
    bare = [
        render(texts[article], rest) if len(rest) < len(parts) else None
        for article, parts in written
        for rest in ([part for part in parts if part["kind"] != StatementPart.BACKGROUND],)
    ]
    return frame.with_columns(
        cut(frame, texts, "speaker_surface", "speaker_start_char", "speaker_end_char"),
        cut(frame, texts, "cue", "cue_start_char", "cue_end_char"),
        text=pl.Series(joined), statement=pl.Series(said), proposition=pl.Series(bare, dtype=pl.String),
    )  # fmt: skip


def prepare(output: Path, workspace: Workspace, copies: int) -> None:
    """What ingest and extraction would leave of all copies."""
    articles = pl.read_parquet(output / "latest/articles.parquet")
    latest = max((output / "cache/extraction").iterdir(), key=lambda folder: folder.stat().st_mtime)
    found = load_results(replace(result_cache(output, Settings()), fingerprint=latest.name), articles)
    blank = [pl.lit(None, pl.String).alias(name) for name in ("story_id", "duplicate_of", "revision_of")]
    day = pl.col("published_on").fill_null(pl.lit(UNDATED) + pl.duration(days=pl.int_range(pl.len()) % 50))
    many = _all(articles.with_columns(*blank, day), copies)
    workspace.put("articles", many)
    texts = dict(many.select("article_id", "text").iter_rows())
    for name in ("mentions", "claims"):
        workspace.put(f"found_{name}", respelled(_all(found[name], copies), texts))
    workspace.put("dropped_claims", found["dropped"].clear())
    workspace.put("ingest_rejects", pl.read_parquet(output / "latest/rejects.parquet").clear())


def _all(frame: pl.DataFrame, copies: int) -> pl.DataFrame:
    parts = [copied(frame, copy) for copy in range(copies)]
    if "published_on" in frame:
        parts = [part.with_columns(pl.col("published_on") + APART * copy) for copy, part in enumerate(parts)]
    return pl.concat(parts).sort("article_id", maintain_order=True)


def resident(line: str) -> float:
    """A figure of this process's memory in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{line}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def told(module: str, name: str) -> None:
    """Lets a step say what it took."""
    place = importlib.import_module(f"flows.{module}")
    step = getattr(place, name)

    @functools.wraps(step)
    def measured(*given: object, **named: object) -> object:
        before, worked = resident("VmRSS"), time.process_time()
        result = step(*given, **named)
        cpu = time.process_time() - worked
        print(f"  {name:<20}{cpu:9.1f} CPU s   {before:7,.0f} to {resident('VmRSS'):7,.0f} MiB", flush=True)
        return result

    setattr(place, name, measured)


def main() -> None:
    """Prepares in a process of its own, resolves and validates here, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    as_in_a_build()
    if arguments.prepare:
        prepare(arguments.output, Workspace(arguments.prepare), arguments.copies)
        return
    for step in STEPS:
        told(*step)
    resolution.KeptAnswers = Unread  # type: ignore[misc,assignment]
    with tempfile.TemporaryDirectory() as scratch:
        again = [sys.executable, "-m", "tests.benchmarks.growth", str(arguments.output)]
        subprocess.run([*again, "--copies", str(arguments.copies), "--prepare", scratch], check=True)
        workspace, started = Workspace(Path(scratch)), time.process_time()
        print(f"-- {workspace.get('articles').height:,} articles")
        claims = resolution.resolve.fn(workspace, Path(scratch), scratch, None, "2.2.0", Settings())
        resolved = time.process_time()
        took, peak = resolved - started, resident("VmHWM")
        print(f"resolve: {took:.1f} CPU s, {claims:,} claims, peak {peak:,.0f} MiB", flush=True)
        validate.fn(workspace, None, "2.2.0")
        print(f"validate: {time.process_time() - resolved:.1f} CPU s, peak {resident('VmHWM'):,.0f} MiB")


if __name__ == "__main__":
    main()
