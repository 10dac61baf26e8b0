"""Whether entities of annotated articles come out whole: B-cubed on crossdoc/meantime and newswcl50, by a real build.

Their annotations are wider than ours: events, pronouns and descriptions are clustered with the names. Only what names
a person, an organisation or a place is compared: meantime's PER, ORG and LOC entities, newswcl50's ACTOR and COUNTRY
clusters. newswcl50 numbers its clusters by topic, so each topic is scored by itself and the figures are pooled; it puts
capitals and the White House into the cluster of their state, which here is `stands_for`: `as states` follows that.
Usage: python -m tests.quality.evaluate_entities [--shared ../shared] [--keep FOLDER]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import polars as pl

KINDS = {"meantime": ("PER", "ORG", "LOC"), "newswcl50": ("ACTOR", "COUNTRY")}


def run(*command: object) -> None:
    """Runs a command, or ends with what it said."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")


def read(path: Path) -> list[dict]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def b_cubed(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Sums of precision and recall over (gold, predicted) pairs of one topic, and how many there are."""
    by_gold, by_predicted = defaultdict(list), defaultdict(list)
    for gold, predicted in pairs:
        by_gold[gold].append(predicted)
        by_predicted[predicted].append(gold)
    both = [by_gold[gold].count(predicted) for gold, predicted in pairs]
    precision = sum(n / len(by_predicted[p]) for n, (_, p) in zip(both, pairs, strict=True))
    recall = sum(n / len(by_gold[g]) for n, (g, _) in zip(both, pairs, strict=True))
    return precision, recall, len(pairs)


def evaluate(name: str, shared: Path, folder: Path) -> None:
    """Builds a snapshot of a corpus and prints its figures."""
    tools = shared / "eval"
    gold = tools / "crossdoc" / name / "dev.jsonl"
    seeds, output, predicted = folder / "seeds", folder / "output", folder / "predicted.jsonl"
    run(sys.executable, tools / "to_seeds.py", gold, seeds)
    run(sys.executable, "-m", "flows", "build", "--seeds", seeds, "--output", output, "--quiet")
    run(sys.executable, tools / "from_snapshot.py", output / "latest", gold, predicted)
    sys.path.insert(0, str(tools))
    from score_entities import trim

    entities = pl.read_parquet(output / "latest/entities.parquet")
    states = {e: s for e, s in entities.select("entity_id", "stands_for").iter_rows() if s}
    found = {row["doc_id"]: row for row in read(predicted)}
    topics: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for doc in read(gold):
        by_span = {
            trim(doc["text"], m["start"], m["end"]): m["entity"]
            for m in found[doc["doc_id"]]["mentions"]
            if m["form"] == "name"
        }
        for m in doc["mentions"]:
            span = trim(doc["text"], m["start"], m["end"])
            if m["type"] in KINDS[name] and m.get("kind", "ENTITY") == "ENTITY" and span in by_span:
                topics[doc["topic"]].append((m["cluster"], by_span[span]))
    for label, as_state in (("as they are", {}), ("as states", states)):
        sums = [b_cubed([(g, as_state.get(p, p)) for g, p in pairs]) for pairs in topics.values()]
        precision, recall, count = (sum(column) for column in zip(*sums, strict=True))
        precision, recall = precision / count, recall / count
        f1 = 2 * precision * recall / (precision + recall)
        figures = " / ".join(f"{100 * v:.1f}" for v in (precision, recall, f1))
        print(f"{name:10} {label:12} B-cubed P/R/F1 {figures}   mentions {count:,.0f}", flush=True)


def main() -> None:
    """Evaluates both corpora."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--keep", type=Path, help="keep seeds, snapshots and predictions in this folder")
    arguments = parser.parse_args()
    if not (arguments.shared / "eval/crossdoc").is_dir():
        sys.exit(f"there are no corpora at {arguments.shared / 'eval/crossdoc'}; name the folder with --shared")
    for name in KINDS:
        with tempfile.TemporaryDirectory() as scratch:
            folder = (arguments.keep / name) if arguments.keep else Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            evaluate(name, arguments.shared.resolve(), folder)


if __name__ == "__main__":
    main()
