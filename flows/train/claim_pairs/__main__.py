"""`python -m flows.train.claim_pairs`: from annotated pairs to the folder that the pair model loads, card included.

    python -m flows.train.claim_pairs CLAIMS NEWS.jsonl --work WORK --output FOLDER --teacher MPNET [--device cuda]

CLAIMS holds a folder a corpus, NEWS.jsonl articles with `source`. With --teacher, the folder of a larger base, that is
trained first on the same pairs, several times from other seeds, and the small model learns from the mean of their
answers as well. With --asked, a snapshot built from the articles of NEWS.jsonl whose licence allows it, the pairs that
its build asks about are among those that the teachers answer. Steps that have left their files in WORK are not done
again.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from flows.resolve.claims.pairs.pair_input import PairInput
from flows.resolve.claims.pairs.pair_model import LastLayer, PairModel
from flows.train.claim_pairs import last_layer
from flows.train.claim_pairs.card import write_card
from flows.train.claim_pairs.evaluate import closed_rows, judge
from flows.train.claim_pairs.export import write
from flows.train.claim_pairs.network import PairNetwork, TeacherNetwork, load_base
from flows.train.claim_pairs.rows.annotated_pairs import Row, load_rows, read_rows, write_rows
from flows.train.claim_pairs.rows.asked_pairs import as_read, asked
from flows.train.claim_pairs.rows.invented_events import invented_events
from flows.train.claim_pairs.rows.mining import read_sentences
from flows.train.claim_pairs.rows.mixture import all_rows, base_rows, make_vocabulary
from flows.train.claim_pairs.rows.packed import pack
from flows.train.claim_pairs.training import Recipe, answers, load_pairs, save, train
from flows.train.model.release import base_folder, base_name

TEACHER = Recipe(epochs=3, batch=64, rate=4e-5, head_rate=3e-4, seed=7)
STUDENT = Recipe(epochs=3, batch=256, rate=2e-4, head_rate=5e-4, apart=3, seed=31)
TEACHERS = 2
PIECES = 9700
ASKED = 250_000
"""Most pairs of a build that the teachers answer."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows.train.claim_pairs", description=__doc__)
    parser.add_argument("claims", type=Path, help="folder of the annotated corpora")
    parser.add_argument("news", type=Path, help="JSON Lines of articles, for edits and unlabelled pairs")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of a BERT-style base (default: all-MiniLM-L6-v2's package)")
    parser.add_argument("--asked", type=Path, help="snapshot of articles whose pairs the teachers answer as well")
    parser.add_argument("--teacher", type=Path, help="folder of a larger base, BERT or MPNet, with its tokenizer.json")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--apart", type=int, default=STUDENT.apart, help="layers that read each statement alone")
    parser.add_argument("--epochs", type=float, default=STUDENT.epochs)
    parser.add_argument("--seed", type=int, default=STUDENT.seed)
    parser.add_argument("--note", default="", help="what the card should say of how the weights came about")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    work, base = options.work, base_folder(options.base)
    rows = prepare(options, base)
    soft = [teach(options, number) for number in range(TEACHERS)] if options.teacher else []
    recipe = replace(STUDENT, epochs=options.epochs, apart=options.apart, seed=options.seed)
    network, facts = learn(base, work, recipe, options.device, soft)
    made = PairInput(work / "tokenizer.json")
    sampled = last_layer.sample(rows, options.seed)
    write(network, work / "tokenizer.json", options.output, facts, LastLayer.plain())
    read = judge(PairModel.load(options.output), sampled).answers
    write(network, work / "tokenizer.json", options.output, facts, last_layer.fit(read, sampled, made, options.seed))
    found = judge(PairModel.load(options.output), closed_rows([*read_rows(options.claims), *invented_events()]))
    names = {"base": base_name(options.base), "teacher": options.teacher.name if options.teacher else "none"}
    write_card(options.output, rows, found, names, options.note)


def prepare(options: argparse.Namespace, base: Path) -> list[Row]:
    """Return all rows, with rows.jsonl, tokenizer.json and pairs.npz in the work folder."""
    work = options.work
    if not (work / "rows.jsonl").exists():
        known, again = [*read_rows(options.claims), *invented_events()], list(as_read(options.claims))
        made = asked(options.asked, ASKED, seed=7) if options.asked else []
        write_rows(work / "rows.jsonl", [*all_rows(known, again, read_sentences(options.news), seed=7), *made])
    rows = load_rows(work / "rows.jsonl")
    if not (work / "pairs.npz").exists():
        make_vocabulary(base, rows, work / "tokenizer.json", PIECES)
        pack(rows, work / "tokenizer.json", work / "pairs.npz")
    return rows


def teach(options: argparse.Namespace, number: int) -> Path:
    """Return a teacher's answers on all rows, as a file in the work folder."""
    folder = options.work / f"teacher{number}"
    if not (folder / "answers.npy").exists():
        recipe = replace(TEACHER, seed=TEACHER.seed + number)
        learn(options.teacher, options.work, recipe, options.device, [], folder, TeacherNetwork)
    return folder / "answers.npy"


def learn(
    base: Path,
    work: Path,
    recipe: Recipe,
    device: str,
    soft: list[Path],
    folder: Path | None = None,
    kind: type[PairNetwork] = PairNetwork,
) -> tuple[PairNetwork, dict]:
    """Return a network trained on WORK's pairs, and how; weights and answers are left in `folder`."""
    folder = folder or work / "student"
    kept = base_rows(base, work / "tokenizer.json")
    network = load_base(base, kept, recipe.layers, recipe.apart, recipe.dropout, kind, recipe.seed)
    if not (folder / "weights.pt").exists():
        pairs = load_pairs(work / "pairs.npz", device, soft)
        facts = {**train(network, pairs, recipe, device), "layers": len(network.layers)}
        told = answers(network, pairs, device) if not soft else np.zeros((0, 5), np.float16)
        save(network, folder, facts, told)
    state = torch.load(folder / "weights.pt", map_location="cpu", weights_only=True)
    network.to("cpu").load_state_dict({name: weight.float() for name, weight in state.items()})
    return network.eval(), json.loads((folder / "training.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
