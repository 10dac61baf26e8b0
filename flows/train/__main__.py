"""`python -m flows.train`: from JSON Lines corpora to the folder that the reader loads."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import torch.multiprocessing as mp

from flows.train import meaning, vocabulary
from flows.train.data import read_documents
from flows.train.loop import Recipe, Run, train
from flows.train.release import base_folder


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows.train", description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+", help="JSON Lines with attributions or entities")
    parser.add_argument("--silver", type=Path, nargs="*", default=[], help="files of flows.train.silver")
    parser.add_argument(
        "--base", type=Path, help="folder of a BERT-style base (default: all-MiniLM-L6-v2's package)"
    )
    parser.add_argument(
        "--work", type=Path, required=True, help="folder for checkpoints; training resumes from it"
    )
    parser.add_argument(
        "--vocabulary-text", type=Path, nargs="*", default=[], help="more JSON Lines to count pieces in"
    )
    parser.add_argument(
        "--least-count", type=int, default=10, help="pieces seen less often are dropped (0 keeps all)"
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--port", type=int, default=29511, help="where the processes of one machine meet")
    for name, default in vars(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    return parser.parse_args()


def texts(paths: list[Path]) -> Iterator[str]:
    """Title and text of every line of the files."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield (row.get("title") or "") + "\n" + row["text"]


def main() -> None:
    options = arguments()
    base = base_folder(options.base)
    recipe = Recipe(**{name: getattr(options, name) for name in vars(Recipe())})
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "kept.json").exists():
        counts = vocabulary.piece_counts(base, texts([*options.corpora, *options.vocabulary_text]))
        kept = vocabulary.cut(base, counts, options.least_count, work / "tokenizer.json")
        (work / "kept.json").write_text(json.dumps(kept))
    documents = read_documents(options.corpora, options.silver)
    meaning.add_targets(documents, base, work / "meaning.npy")
    run = Run(documents, base, work, recipe, options.device, options.port)
    if recipe.processes > 1:
        mp.spawn(train, args=(run,), nprocs=recipe.processes)
    else:
        train(0, run)


if __name__ == "__main__":
    main()
