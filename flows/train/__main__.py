"""`python -m flows.train`: from JSON Lines corpora to the folder that the reader loads, card included.

    python -m flows.train CORPUS.jsonl ... --silver SILVER.jsonl ... --work WORK --output FOLDER \\
        --gold HELD_OUT.jsonl ... --processes 2 --pairs-first 2 --epochs 2

With --pairs-first N there are two stages: N epochs in which links are taught pair by pair, then, from those weights,
--epochs with cues that compete. Training resumes from WORK, in either stage. Settings of decoding and confidence are
fitted on the first gold file that has attributions; the card shows the figures of every gold file.
"""

import argparse
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch.multiprocessing as mp

from flows.train.data import vocabulary
from flows.train.data.corpora import read_documents
from flows.train.finish import add_options, finish
from flows.train.model import embedding_targets
from flows.train.model.release import base_folder, load_checkpoint
from flows.train.model.training_loop import Recipe, Run, train


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows.train", description=__doc__)
    add_options(parser)
    parser.add_argument(
        "--vocabulary-text", type=Path, nargs="*", default=[], help="more JSON Lines to count pieces in"
    )
    parser.add_argument("--least-count", type=int, default=10, help="pieces seen less often are dropped (0 keeps all)")
    parser.add_argument("--pairs-first", type=int, default=0, help="epochs of a first stage that links pair by pair")
    parser.add_argument("--start", type=Path, help="checkpoint.pt of another training to begin with")
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
    embedding_targets.add_targets(documents, base, work / "meaning.npy")
    for folder, stage, start in stages(work, recipe, options.pairs_first, options.start):
        run = Run(documents, base, folder, stage, options.device, options.port, start)
        if recipe.processes > 1:
            mp.spawn(train, args=(run,), nprocs=recipe.processes)
        else:
            train(0, run)
    if options.output:
        finish(*load_checkpoint(work, base), work, options)


def stages(
    work: Path, recipe: Recipe, pairs_first: int, start: Path | None
) -> Iterator[tuple[Path, Recipe, Path | None]]:
    """Folder of checkpoints, recipe and weights to begin with of each stage; the last one trains in `work` itself."""
    if pairs_first:
        first = work / "pairs"
        first.mkdir(exist_ok=True)
        for name in ("tokenizer.json", "kept.json", "meaning.npy"):
            if (work / name).exists():
                shutil.copyfile(work / name, first / name)
        yield first, replace(recipe, epochs=pairs_first, link="pairs"), start
        start = first / "checkpoint.pt"
    yield work, recipe, start


if __name__ == "__main__":
    main()
