"""Claims, conflicts and stories against the annotated corpora beside the repository, each by a real build.

    crossclaims    statements of one event in several outlets: same, traps, conflicts; the events that the pair model
                   was not trained on, and the others
    factor_news    sentences that differ in one edit and say something else: merged, linked as a conflict
    sts_news       pairs graded by people: 4.5 and more should be merged, less than 3 not
    msrp           sentence pairs, paraphrases or not; only measured, never trained on
    stories        which articles tell of one event

The scorers of ../shared/eval are used as they are: a pair of statements counts as one only where the rows of exactly
these statements share the claim; of sentences only claims count that cover a word that differs. Sentences are shorter
than articles, so they are built with `ingest.min_words = 1`.
Usage: python -m tests.quality.evaluate_claims [--shared ../shared] [--only NAME …] [--keep FOLDER]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import polars as pl

from flows.train.closed_parts import events_by_part, part_of

SETTINGS = "[ingest]\nmin_words = 1\n"


def run(*command: object) -> str:
    """Run a Python command and return what it prints; end with its output where it fails."""
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def build(folder: Path, *settings: object) -> Path:
    """Build `folder/seeds` and return the snapshot."""
    run("-m", "flows", "build", "--quiet", *settings, "--seeds", folder / "seeds", "--output", folder / "output")
    return folder / "output" / "latest"


def read_lines(path: Path) -> list[dict]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, rows: Iterable[dict]) -> Path:
    """Write rows as JSON Lines and return the path."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def crossclaims(tools: Path, folder: Path) -> str:
    """Same, traps and conflicts; events in two parts, by whether the pair model was trained on them."""
    corpus = tools / "claims" / "crossclaims" / "dev"
    gold, pairs = read_lines(corpus / "gold.jsonl"), json.loads((corpus / "pairs.json").read_text(encoding="utf-8"))
    run(tools / "to_seeds.py", corpus / "gold.jsonl", folder / "seeds")
    snapshot = build(folder)
    parts = events_by_part(document["event"] for document in gold)
    event = {claim["key"]: document["event"] for document in gold for claim in document["claims"]}
    lines = []
    for name, chosen in (("not trained on", ("closed", "tune")), ("trained on", ("train",))):
        documents = [document for document in gold if parts[document["event"]] in chosen]
        known = {key: [p for p in listed if parts[event[p[0]]] in chosen] for key, listed in pairs.items()}
        (folder / "pairs.json").write_text(json.dumps(known))
        part = write_lines(folder / "gold.jsonl", documents)
        run(tools / "from_snapshot.py", snapshot, part, folder / "predicted.jsonl")
        (folder / "conflicts.json").write_text(json.dumps(conflicts_among(snapshot, folder / "predicted.jsonl")))
        scored = [part, folder / "pairs.json", folder / "predicted.jsonl", folder / "conflicts.json"]
        lines.append(f"events {name}\n" + run(tools / "score_crossclaims.py", *scored))
    return "".join(lines)


def conflicts_among(snapshot: Path, predicted: Path) -> list[tuple[str, str]]:
    """Conflicts of which both claims are made in the predicted documents."""
    made = {row["claim_id"] for document in read_lines(predicted) for row in document["rows"]}
    linked = pl.read_parquet(snapshot / "claim_conflicts.parquet").select("claim_id_a", "claim_id_b")
    return [(a, b) for a, b in linked.iter_rows() if {a, b} <= made]


def edits(tools: Path, folder: Path, rows: Sequence[dict], halves: Callable[[dict], str]) -> str:
    """Pairs of sentences, all and by part."""
    everything = write_lines(folder / "pairs.jsonl", rows)
    run(tools / "score_edits.py", "docs", everything, folder / "seeds")
    (folder / "settings.toml").write_text(SETTINGS)
    snapshot = build(folder, "--settings", folder / "settings.toml")
    report = ["all\n", run(tools / "score_edits.py", "score", everything, snapshot)]
    for part in sorted({halves(row) for row in rows}):
        chosen = write_lines(folder / "part.jsonl", (row for row in rows if halves(row) == part))
        report += [f"{part}\n", run(tools / "score_edits.py", "score", chosen, snapshot)]
    return "".join(report)


def factor_news(tools: Path, folder: Path) -> str:
    """Edits of agency sentences."""
    rows = read_lines(tools / "claims" / "factor_news" / "dev.jsonl")
    return edits(tools, folder, rows, lambda row: trained("-".join(row["id"].split("-")[:2])))


def sts_news(tools: Path, folder: Path) -> str:
    """Headlines and sentences graded by people; only headlines were trained on."""
    rows = read_lines(tools / "claims" / "sts_news" / "dev.jsonl")
    return edits(tools, folder, rows, lambda row: trained(row["id"]) if "headlines" in row["id"] else "not trained on")


def msrp(tools: Path, folder: Path) -> str:
    """Paraphrases of MSRP dev."""
    rows = [
        {"id": str(at), "text1": row["text1"], "text2": row["text2"], "label": "same" if row["paraphrase"] else "other"}
        for at, row in enumerate(read_lines(tools / "claims" / "msrp" / "dev.jsonl"))
    ]
    return edits(tools, folder, rows, lambda _: "not trained on")


def trained(key: str) -> str:
    """Name the part of a sentence or question."""
    return "trained on" if part_of(key) == "train" else "not trained on"


def stories(tools: Path, folder: Path) -> str:
    """Articles of one event."""
    gold = tools / "stories" / "dev.jsonl"
    run(tools / "to_seeds.py", gold, folder / "seeds")
    return run(tools / "score_stories.py", gold, build(folder))


CORPORA = {found.__name__: found for found in (crossclaims, factor_news, sts_news, msrp, stories)}


def main() -> None:
    """Evaluate the corpora that are asked for, in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", nargs="*", choices=list(CORPORA))
    parser.add_argument("--keep", type=Path, help="keep seeds and snapshots in this folder")
    arguments = parser.parse_args()
    tools = (arguments.shared / "eval").resolve()
    if not tools.is_dir():
        sys.exit(f"there are no corpora at {tools}; name the folder with --shared")
    for name in arguments.only or CORPORA:
        with tempfile.TemporaryDirectory() as scratch:
            folder = (arguments.keep or Path(scratch)) / name
            folder.mkdir(parents=True, exist_ok=True)
            print(f"== {name}\n{CORPORA[name](tools, folder)}", flush=True)


if __name__ == "__main__":
    main()
