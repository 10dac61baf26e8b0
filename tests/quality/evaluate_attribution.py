"""Scores the reader alone, straight from the gold's text, with the scorers of ../shared/eval.

    python tests/quality/evaluate_attribution.py [--reader FOLDER] [--gold GOLD.jsonl ...] [--set name=value
    ...]

Prints the attribution table of each gold file, its named mentions, and words a second.
"""

import argparse
import importlib.util
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EVAL = ROOT.parent / "shared" / "eval"
sys.path.insert(0, str(ROOT))

from flows.extract.attribution.attributions import attributions  # noqa: E402
from flows.extract.attribution.cue_linking import Decoding  # noqa: E402
from flows.extract.reader.model import Reader  # noqa: E402
from flows.extract.reader.name_decoding import named  # noqa: E402

GOLD = (
    EVAL / "attribution/polnear/dev.jsonl",
    EVAL / "seeds_gold/gold.jsonl",
    EVAL / "ner/worldwide_ner/dev.jsonl",
)


def scorer(name: str):
    """A scorer of ../shared/eval as a module."""
    spec = importlib.util.spec_from_file_location(name, EVAL / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(found) -> list[dict]:
    """Attributions as the scorer reads them."""
    return [
        {
            "content": [list(span) for span in a.spans],
            "source": list(a.source) if a.source else None,
            "cue": list(a.cue) if a.cue else None,
            "type": a.kind,
            "confidence": a.confidence,
        }
        for a in found
    ]


def named_rows(gold: list[dict], readings: list) -> list[dict]:
    """Named mentions as the scorer reads them, every mention an entity of its own."""
    return [
        {
            "doc_id": doc["doc_id"],
            "mentions": [
                {"start": n.start, "end": n.end, "type": n.entity_type, "form": "name", "entity": number}
                for number, n in enumerate(named(reading))
            ],
        }
        for doc, reading in zip(gold, readings, strict=True)
    ]


def report(path: Path, reader: Reader, decoding: Decoding) -> None:
    """Prints what the scorers say about one gold file."""
    score = scorer("score_attribution")
    gold = score.read(path)
    started = time.process_time()
    readings = [reader.read(doc["text"]) for doc in gold]
    read = time.process_time()
    characters = sum(len(doc["text"]) for doc in gold)
    words = sum(map(len, readings))
    print(f"== {path.parent.name}/{path.name}: {len(gold)} documents, {characters} characters")
    if "attributions" in gold[0]:
        rows = [
            {
                "doc_id": doc["doc_id"],
                "text": doc["text"],
                "attributions": predicted(attributions(reading, decoding)),
            }
            for doc, reading in zip(gold, readings, strict=True)
        ]
        decoded = time.process_time()
        score.show(score.score(gold, rows))
        print(f"{words / (decoded - read):.0f} words a second decoded (processor time)")
    if "entities" in gold[0] or "mentions" in gold[0]:
        entities = scorer("score_entities")
        entities.show(entities.score(gold, named_rows(gold, readings)))
    print(f"{words / (read - started):.0f} words a second read (processor time)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", type=Path, default=ROOT / "seeds/models/reader")
    parser.add_argument("--gold", type=Path, nargs="*", default=GOLD)
    parser.add_argument("--set", nargs="*", default=[], help="settings of decoding, name=value")
    options = parser.parse_args()
    reader = Reader(options.reader)
    changes = {name: float(value) for name, value in (pair.split("=") for pair in options.set)}
    decoding = replace(Decoding.of(reader.spec.decoding), **changes)
    for path in options.gold:
        report(path, reader, decoding)


if __name__ == "__main__":
    main()
