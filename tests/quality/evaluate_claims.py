"""Whether two sentences come out as one claim: pairs of sentences built as one-sentence articles, by a real build.

    msrp       Microsoft paraphrase pairs: a pair is called one where its two articles share a claim
    knownlie   sentences of debates and the claims that a fact-checker made of them: every sentence against every
               claim of the file, so that a wrong merge anywhere costs precision

Printed: precision, recall and F1 of the pairs, what calling every pair one would reach (all-yes), and how many articles
have a claim at all. Sentences are shorter than articles, so the build runs with `ingest.min_words = 1`.
Usage: python -m tests.quality.evaluate_claims [--shared ../shared] [--msrp FILE] [--knownlie FILE] [--keep FOLDER]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

SETTINGS = "[ingest]\nmin_words = 1\n"


def build(texts: Sequence[str], folder: Path) -> list[frozenset[str]]:
    """The claim ids of each text, each text an article of a snapshot of its own build."""
    distinct = sorted(set(texts))
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    with (seeds / "sentences.jsonl").open("w", encoding="utf-8") as sink:
        sink.writelines(json.dumps({"text": text}) + "\n" for text in distinct)
    settings = folder / "settings.toml"
    settings.write_text(SETTINGS)
    command = [sys.executable, "-m", "flows", "build", "--quiet", "--settings", settings]
    done = subprocess.run(
        [*map(str, command), "--seeds", str(seeds), "--output", str(folder / "output")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"the build ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    latest = folder / "output" / "latest"
    line = pl.col("source_uri").str.extract(r"#(\d+)$").cast(pl.Int64)
    articles = pl.read_parquet(latest / "articles.parquet").select("article_id", line=line)
    claims = pl.read_parquet(latest / "claim_mentions.parquet").select("article_id", "claim_id")
    held: dict[str, set[str]] = {text: set() for text in distinct}
    for at, claim in articles.join(claims, on="article_id").select("line", "claim_id").iter_rows():
        held[distinct[at - 1]].add(claim)
    return [frozenset(held[text]) for text in texts]


def report(name: str, predicted: Sequence[bool], gold: Sequence[bool]) -> str:
    """One line of figures for pairs that were called one, against those that are."""
    hits = sum(p and g for p, g in zip(predicted, gold, strict=True))
    called, true = sum(predicted), sum(gold)
    precision, recall = hits / max(1, called), hits / max(1, true)
    f1 = 2 * hits / max(1, called + true)
    all_yes = 2 * true / (len(gold) + true)
    return (
        f"{name:10} pair P/R/F1 {100 * precision:.1f} / {100 * recall:.1f} / {100 * f1:.1f}   all-yes "
        f"{100 * all_yes:.1f}   pairs {len(gold):,}, same {true:,}, called same {called:,}"
    )


def msrp(path: Path, folder: Path) -> str:
    """Pairs of one file of claims/msrp."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    claims = build([row[side] for row in rows for side in ("text1", "text2")], folder)
    predicted = [bool(claims[2 * i] & claims[2 * i + 1]) for i in range(len(rows))]
    covered = sum(map(bool, claims)) / len(claims)
    return report("msrp", predicted, [row["paraphrase"] for row in rows]) + f"   with a claim {100 * covered:.1f}"


def knownlie(path: Path, folder: Path) -> str:
    """Every sentence of one file of claims/knownlie_politifact against every verified claim of it."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = sorted({row["sentence"] for row in rows})
    verified = sorted({row["verified_claim"] for row in rows})
    same = {(row["sentence"], row["verified_claim"]) for row in rows}
    claims = dict(zip([*sentences, *verified], build([*sentences, *verified], folder), strict=True))
    pairs = [(s, v) for s in sentences for v in verified]
    predicted = [bool(claims[s] & claims[v]) for s, v in pairs]
    covered = sum(map(bool, claims.values())) / len(claims)
    return report("knownlie", predicted, [p in same for p in pairs]) + f"   with a claim {100 * covered:.1f}"


def main() -> None:
    """Evaluates both sets, or the files that are given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--msrp", type=Path, help="another file of the same form")
    parser.add_argument("--knownlie", type=Path, help="another file of the same form")
    parser.add_argument("--keep", type=Path, help="keep seeds and snapshots in this folder")
    arguments = parser.parse_args()
    chosen = arguments.msrp or arguments.knownlie
    files = {
        msrp: arguments.msrp or (None if chosen else arguments.shared / "eval/claims/msrp/dev.jsonl"),
        knownlie: arguments.knownlie
        or (None if chosen else arguments.shared / "eval/claims/knownlie_politifact/dev.jsonl"),
    }
    for evaluate, path in files.items():
        if path is None:
            continue
        if not path.is_file():
            sys.exit(f"there is no {path}; name the folder with --shared or the file itself")
        with tempfile.TemporaryDirectory() as scratch:
            folder = (arguments.keep or Path(scratch)) / evaluate.__name__
            print(evaluate(path, folder), flush=True)


if __name__ == "__main__":
    main()
