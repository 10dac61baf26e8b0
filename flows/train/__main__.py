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

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.reader.model import Reader, load_spec
from flows.train.data import embedding_targets, vocabulary
from flows.train.data.corpora import read_documents
from flows.train.evaluation.fit_decoding import fit
from flows.train.evaluation.metrics import attribution_figures, name_figures, read_gold
from flows.train.evaluation.model_card import Facts, write_card
from flows.train.model.release import base_folder, base_name, load_checkpoint, write
from flows.train.model.training_loop import Recipe, Run, train

ABOUT = Path(__file__).with_name("corpora.json")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows.train", description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+", help="JSON Lines with attributions or entities")
    parser.add_argument("--silver", type=Path, nargs="*", default=[], help="files of flows.train.silver")
    parser.add_argument("--base", type=Path, help="folder of a BERT-style base (default: all-MiniLM-L6-v2's package)")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints; training resumes from it")
    parser.add_argument(
        "--vocabulary-text", type=Path, nargs="*", default=[], help="more JSON Lines to count pieces in"
    )
    parser.add_argument("--least-count", type=int, default=10, help="pieces seen less often are dropped (0 keeps all)")
    parser.add_argument("--pairs-first", type=int, default=0, help="epochs of a first stage that links pair by pair")
    parser.add_argument("--start", type=Path, help="checkpoint.pt of another training to begin with")
    parser.add_argument("--output", type=Path, help="folder of the finished reader; nothing is written without it")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="annotated JSON Lines kept out of training")
    parser.add_argument("--about", type=Path, default=ABOUT, help="JSON: name and licence by a corpus's folder")
    parser.add_argument("--fit-rounds", type=int, default=2, help="passes over the settings of decoding")
    parser.add_argument("--note", default="", help="what the card should say of how the weights came about")
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
        finish(options, base)


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


def finish(options: argparse.Namespace, base: Path) -> None:
    """Writes the reader's folder from the last checkpoint, fits its settings and writes its card."""
    network, facts = load_checkpoint(options.work, base)
    earlier = options.output / "reader.json"
    decoding = json.loads(earlier.read_text(encoding="utf-8"))["decoding"] if earlier.is_file() else {}
    write(network, options.work, options.output, facts=facts, decoding=decoding, quantised=True)
    reader = Reader(options.output)
    golds = {f"{path.parent.name}/{path.stem}": read_gold(path, reader) for path in options.gold}
    annotated = {name: found for name, found in golds.items() if any(gold.rows for gold in found)}
    card = Facts(base_name(options.base), described(options.corpora, options.about), note=options.note)
    for number, (name, found) in enumerate(annotated.items()):
        if number == 0:
            card.figures[name], card.reliability = fit(options.output, found, options.fit_rounds)
            card.fitted_on = name
        else:
            decoding = Decoding.of(load_spec(options.output).decoding)
            card.figures[name] = attribution_figures(found, decoding)
    card.names = {name: by for name, found in golds.items() if (by := name_figures(found))}
    write_card(options.output, card)


def described(corpora: list[Path], about: Path) -> list[dict]:
    """The card's rows on data: what `about` says of each corpus's folder, and its size."""
    known = json.loads(about.read_text(encoding="utf-8"))
    rows = []
    for path in corpora:
        with path.open(encoding="utf-8") as lines:
            sizes = [len(json.loads(line)["text"]) for line in lines]
        unknown = {
            "name": f"{path.parent.name}/{path.name}",
            "licence": "not stated",
            "teaches": "its labels",
        }
        rows.append({**unknown, **known.get(path.parent.name, {}), "documents": len(sizes), "characters": sum(sizes)})
    return rows


if __name__ == "__main__":
    main()
