"""`make eval`: builds snapshots from the annotated corpora and prints what their scorers say.

Corpora and scorers lie beside the repository (../shared/eval) and are used as they are: documents are written as raw
files, a real build is run on them, and the published tables are turned back into the scorers' format.
Usage: python -m tests.quality.evaluate [--shared ../shared] [--only NAME …] [--keep FOLDER]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True)
class Corpus:
    """An annotated corpus: its gold file, and which scorers apply; `articles` where more is built than is annotated."""

    name: str
    gold: str
    scorers: tuple[str, ...]
    articles: str | None = None
    pairs: str | None = None


CORPORA = (
    Corpus(
        "seeds",
        "seeds_gold/gold.jsonl",
        ("attribution", "entities", "claims"),
        articles="../seeds",
        pairs="seeds_gold/pairs.json",
    ),
    Corpus("polnear", "attribution/polnear/dev.jsonl", ("attribution",)),
    Corpus("worldwide_ner", "ner/worldwide_ner/dev.jsonl", ("entities",)),
    Corpus("meantime", "crossdoc/meantime/dev.jsonl", ("entities",)),
    Corpus("newswcl50", "crossdoc/newswcl50/dev.jsonl", ("entities",)),
)


def _run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _conflicts(snapshot: Path, target: Path) -> None:
    rows = pl.read_parquet(snapshot / "claim_conflicts.parquet").select("claim_id_a", "claim_id_b").rows()
    target.write_text(json.dumps(rows))


def evaluate(corpus: Corpus, shared: Path, folder: Path) -> str:
    """Builds a snapshot of one corpus in `folder` and returns the scorers' reports."""
    tools = shared / "eval"
    gold = tools / corpus.gold
    seeds, output, predicted = folder / "seeds", folder / "output", folder / "predicted.jsonl"
    if corpus.articles:
        seeds = tools / corpus.articles
    else:
        _run(sys.executable, tools / "to_seeds.py", gold, seeds)
    _run(sys.executable, "-m", "flows", "build", "--seeds", seeds, "--output", output, "--quiet")
    snapshot = output / "latest"
    _run(sys.executable, tools / "from_snapshot.py", snapshot, gold, predicted)
    report = []
    for scorer in corpus.scorers:
        extra: list[object] = [predicted]
        if scorer == "claims":
            _conflicts(snapshot, folder / "conflicts.json")
            extra = [tools / str(corpus.pairs), predicted, folder / "conflicts.json"]
        report.append(f"[{scorer}]\n" + _run(sys.executable, tools / f"score_{scorer}.py", gold, *extra))
    return "".join(report)


def main() -> None:
    """Evaluates every corpus that is asked for, in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", nargs="*", choices=[c.name for c in CORPORA])
    parser.add_argument("--keep", type=Path, help="keep seeds, snapshots and predictions in this folder")
    arguments = parser.parse_args()
    if not (arguments.shared / "eval").is_dir():
        sys.exit(f"there are no corpora at {arguments.shared / 'eval'}; name the folder with --shared")
    for corpus in CORPORA:
        if arguments.only and corpus.name not in arguments.only:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = (arguments.keep / corpus.name) if arguments.keep else Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            print(f"== {corpus.name}\n{evaluate(corpus, arguments.shared.resolve(), folder)}", flush=True)


if __name__ == "__main__":
    main()
