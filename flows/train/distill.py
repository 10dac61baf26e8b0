"""`python -m flows.train.distill`: a released reader taught by larger networks, with texts that nobody annotated.

    python -m flows.train.distill CORPUS.jsonl ... --news NEWS.jsonl --silver SILVER.jsonl ... --teacher MPNET \\
        --work WORK --output FOLDER --device cuda --teacher-seconds 160 --seconds 150 --gold HELD_OUT.jsonl ...

1. Windows of the corpora and of the news, some copies with noise, the corpora in as many folds as there are teachers.
2. The released reader reads the windows that nobody annotated, so that no teacher forgets what lies outside.
3. Each teacher is trained without one fold, which it reads afterwards; the news is read by all of them together.
4. The released reader goes on learning from all this; the mean of its old and new weights is written, fitted and
   described.

What stands in WORK is not made again.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from flows.extract.reader.model import Pieces
from flows.train.data.corpora import SIZE, Document, read_documents
from flows.train.data.window_arrays import Windows, arrays_of
from flows.train.finish import add_options, finish
from flows.train.model.batched_losses import SIZES
from flows.train.model.distillation import Course, losses_of, teach, train_by_clock
from flows.train.model.earlier_release import blended, load_release
from flows.train.model.network import ReaderNetwork
from flows.train.model.teacher_network import load_teacher
from flows.train.model.training_loop import Recipe

TEACHER = Recipe(encoder_rate=6e-5, head_rate=5e-4, warm_up=0.06)
READER = Recipe(encoder_rate=3e-4, head_rate=1e-3)
_NEWS = "news"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows.train.distill", description=__doc__)
    add_options(parser)
    parser.add_argument("--news", type=Path, nargs="+", required=True, help="JSON Lines with texts to be read")
    parser.add_argument("--earlier", type=Path, default=Path("seeds/models/reader"), help="the reader to begin with")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of an MPNet: weights, config, tokenizer")
    parser.add_argument("--teachers", type=int, default=4, help="as many folds")
    parser.add_argument("--teacher-seconds", type=float, default=160.0, help="of each teacher's training")
    parser.add_argument("--seconds", type=float, default=150.0, help="of the reader's training")
    parser.add_argument("--copies", type=int, default=4, help="of every corpus, the first without noise")
    parser.add_argument("--news-copies", type=int, default=2)
    parser.add_argument("--kept-share", type=float, default=0.3, help="of the earlier weights in the mean")
    parser.add_argument("--workers", type=int, default=1, help="processes that make windows")
    parser.add_argument("--device", default="cpu")
    return parser.parse_args()


def make_windows(options: argparse.Namespace) -> list[Path]:
    """Return the files of windows in WORK, a file a copy and fold; made where they are missing."""
    jobs: list[tuple[Path, list[Document], bool]] = []
    documents = read_documents(options.corpora, options.silver)
    for copy in range(options.copies):
        for fold in range(options.teachers):
            file = options.work / f"fold{fold}.{copy}.npz"
            jobs.append((file, documents[fold :: options.teachers], copy > 0))
    news = read_documents(options.news, options.silver)
    jobs += [(options.work / f"{_NEWS}.{copy}.npz", news, copy > 0) for copy in range(options.news_copies)]
    tokenizer = options.earlier / "tokenizer.json"
    with ProcessPoolExecutor(options.workers) as pool:
        todo = [(*job, tokenizer) for job in jobs if not job[0].exists()]
        for done in [pool.submit(_write_windows, *job) for job in todo]:
            done.result()
    return [job[0] for job in jobs]


def _write_windows(file: Path, documents: list[Document], noise: bool, tokenizer: Path) -> None:
    arrays = arrays_of(documents, Pieces(tokenizer), noise, file.stem)
    part = file.with_suffix(".part")
    with part.open("wb") as sink:
        np.savez(sink, **arrays)  # type: ignore[arg-type] # names of arrays, none of them an option's
    part.replace(file)


def read_by(networks: list[ReaderNetwork], file: Path, target: Path, device: str) -> Path:
    """Write `target`: the windows of a file with what networks say of them."""
    if not target.exists():
        with np.load(file) as arrays:
            found = dict(arrays) | teach(networks, Windows([file], device))
        np.savez(target, **found)
    return target


def train_teacher(options: argparse.Namespace, fold: int, files: list[Path]) -> ReaderNetwork:
    """Return the teacher that does not see one fold, trained or loaded."""
    pieces = json.loads((options.earlier / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    torch.manual_seed(fold)
    network = load_teacher(options.teacher, pieces, SIZES, SIZE).to(options.device)
    weights = options.work / f"teacher{fold}.pt"
    if weights.exists():
        network.load_state_dict(torch.load(weights, map_location=options.device))
        return network
    seen = Windows([file for file in files if not file.name.startswith((f"fold{fold}.", _NEWS))], options.device)
    course = Course(options.teacher_seconds, batch=32, everywhere=False)
    train_by_clock(network, seen, TEACHER, course, losses_of(course))
    torch.save(network.state_dict(), weights)
    return network


def main() -> None:
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    files = make_windows(options)
    earlier = load_release(options.earlier).to(options.device)
    first = [read_by([earlier], file, file.with_suffix(".first.npz"), options.device) for file in files]
    teachers = [train_teacher(options, fold, first) for fold in range(options.teachers)]
    taught = []
    for file in files:
        own = [teachers[int(file.stem[4:].split(".")[0])]] if not file.name.startswith(_NEWS) else teachers
        taught.append(read_by(own, file, file.with_suffix(".taught.npz"), options.device))
    torch.manual_seed(READER.seed)
    reader = load_release(options.earlier).to(options.device)
    course = Course(options.seconds, annotated=0.5)
    windows = Windows(taught, options.device)
    steps = train_by_clock(reader, windows, READER, course, losses_of(course, earlier))
    reader = blended([reader, earlier], [1 - options.kept_share, options.kept_share]).cpu().eval()
    facts = {"epoch": steps * course.batch // len(windows), "recipe": asdict(READER) | asdict(course)}
    finish(reader, facts, options.earlier, options)


if __name__ == "__main__":
    main()
