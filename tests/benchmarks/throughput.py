"""Raw files to published snapshot beside bare spaCy on the same texts in the same run; stages, reruns, growth, memory.

Usage: python -m tests.benchmarks.throughput [--shared ../shared] [--articles N …] [--generated] [--growth] [--quick]
[--all]. Every size is a build from nothing, an unchanged rerun, and a rerun with one new article in a hundred. --growth
takes 1,000, 5,000 and 20,000 articles, --quick 200; --generated takes made-up articles (tests/builders/generated_news),
of which there are as many as one likes, and leaves spaCy out; so does --all, which builds once from the whole corpus as
one file and checks its account and every offset. Two thirds of the reruns' time is Python importing libraries, whatever
the size.
"""

import argparse
import json
import tempfile
from pathlib import Path

import polars as pl

from tests.benchmarks._measured import Measured, build, corpus, model, python, sample, write
from tests.builders.generated_news import generated_news

SPACY = """
import importlib, json, sys
texts = [json.loads(line)["text"] for path in sys.argv[2:] for line in open(path, encoding="utf-8")]
nlp = importlib.import_module(sys.argv[1]).load()
print(sum(len(doc) for doc in nlp.pipe(texts, n_process=2)))
"""
INSIDE = {"compare"}
"""Stages that are told by themselves and are a part of another one."""


def spacy(seeds: Path) -> Measured | None:
    """Bare spaCy on the same texts with two processes; None where it is not installed."""
    name = model()
    return python(SPACY, name, *sorted(seeds.glob("*.jsonl"))) if name else None


def report(name: str, took: Measured, words: int) -> None:
    """One line of figures."""
    print(
        f"{name:<32}{took.seconds:9.1f} s {took.cpu_seconds:9.1f} CPU s {words / took.seconds:9,.0f} words/s"
        f"{took.peak_mib:9,.0f} MiB",
        flush=True,
    )


def stages(took: Measured, words: int) -> None:
    """A line a stage."""
    for name, (seconds, peak, work) in took.stages.items():
        pace = words / max(seconds, 0.1)
        print(f"    {name:<28}{seconds:9.1f} s {work:9.1f} CPU s {pace:9,.0f} words/s{peak:9,.0f} MiB")
    rest = took.seconds - sum(stage.seconds for name, stage in took.stages.items() if name not in INSIDE)
    print(f"    {'start and end':<28}{rest:9.1f} s", flush=True)


def one(rows: list[dict[str, str]], count: int, scratch: Path, *, beside: bool = True) -> None:
    """The figures of one size; beside: also those of spaCy."""
    count = min(count, len(rows) - len(rows) // 101)  # there may be fewer than are asked for, and some are to be new
    seeds, output = scratch / "seeds", scratch / "output"
    write(rows[:count], seeds)
    words = sum(len(row["text"].split()) for row in rows[:count])
    print(f"-- {count:,} articles, {words:,} words")
    full = build(seeds, output)
    report("onrecord, raw files to snapshot", full, words)
    stages(full, words)
    bare = spacy(seeds) if beside else None
    if bare is None and beside:
        print("bare spaCy: skipped, its small English model is not installed (pip install -e '.[bench]')")
    if bare is not None:
        report("bare spaCy, n_process=2", bare, words)
        print(f"{'onrecord : bare spaCy':<32}{bare.seconds / full.seconds:9.2f} ×")
        print(f"{'  extraction alone':<32}{bare.seconds / full.stages['extract'].seconds:9.2f} ×")
    before = len(list((output / "snapshots").iterdir()))
    again = build(seeds, output)
    published = len(list((output / "snapshots").iterdir())) - before
    report("unchanged rerun", again, words)
    write(rows[count:], seeds, "new")
    more = build(seeds, output)
    report("rerun with 1 % new articles", more, words)
    stages(more, words)
    share = 100 * more.stages["extract"].seconds / full.stages["extract"].seconds
    print(f"  1 % new: its extraction takes {share:.1f} % of the full run's, all of it {_share(more, full)} of all")
    print(f"  in CPU seconds: {100 * more.cpu_seconds / full.cpu_seconds:.1f} %")
    print(f"  unchanged: {published} published, {_share(again, full)} of the full run")
    size = sum(p.stat().st_size for p in output.rglob("*") if p.is_file() and not p.is_symlink())
    print(f"{'output folder':<32}{size / 2**20:9.0f} MiB", flush=True)


def _share(part: Measured, whole: Measured) -> str:
    return f"{100 * part.seconds / whole.seconds:.1f} %"


def whole(shared: Path, output: Path) -> None:
    """The whole corpus as the one file that it is: time, memory, and whether everything is accounted for."""
    file = corpus(shared)
    with file.open(encoding="utf-8") as lines:
        words = [len(json.loads(line)["text"].split()) for line in lines]
    print(f"-- {len(words):,} articles in one file, {sum(words):,} words")
    took = build(file, output)
    report("onrecord, raw files to snapshot", took, sum(words))
    stages(took, sum(words))
    print("\n".join(account(output / "latest", len(words))), flush=True)


def account(snapshot: Path, read: int) -> list[str]:
    """What became of `read` articles, and whether every mention and claim points at its own words."""
    articles = pl.read_parquet(snapshot / "articles.parquet", columns=["article_id", "text"])
    rejects = pl.read_parquet(snapshot / "rejects.parquet", columns=["source_uri", "reason"])
    files = rejects["source_uri"].drop_nulls().n_unique()
    kept = articles.height
    lines = [f"{read:,} in = {kept:,} articles + {files:,} rejected documents: {read == kept + files}"]
    texts = dict(articles.iter_rows())
    for table, surface in (("entity_mentions", "surface"), ("claim_mentions", "speaker_surface")):
        columns = ["article_id", "start_char", "end_char", surface]
        if table == "claim_mentions":
            columns[1:3] = ["speaker_start_char", "speaker_end_char"]
        rows = pl.read_parquet(snapshot / f"{table}.parquet", columns=columns).drop_nulls()
        wrong = sum(texts[a][start:end] != said for a, start, end, said in rows.select(columns).iter_rows())
        lines.append(f"{table}: text[start:end] is {surface} in {rows.height - wrong:,} of {rows.height:,} rows")
    return lines


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, nargs="+", default=[1000])
    parser.add_argument("--generated", action="store_true", help="made-up articles, of which there is no end")
    parser.add_argument("--growth", action="store_true", help="1,000, 5,000 and 20,000 articles")
    parser.add_argument("--all", action="store_true", help="the whole corpus, once")
    parser.add_argument("--quick", action="store_true", help="200 articles, to see that all of it runs")
    arguments = parser.parse_args()
    if not arguments.generated:
        corpus(arguments.shared)
    if arguments.all:
        with tempfile.TemporaryDirectory() as scratch:
            whole(arguments.shared, Path(scratch))
        return
    sizes = [200] if arguments.quick else [1000, 5000, 20000] if arguments.growth else arguments.articles
    for count in sizes:
        several = count + count // 100
        rows = list(generated_news(several)) if arguments.generated else sample(arguments.shared, several)
        with tempfile.TemporaryDirectory() as scratch:
            one(rows, count, Path(scratch), beside=not arguments.generated)


if __name__ == "__main__":
    main()
