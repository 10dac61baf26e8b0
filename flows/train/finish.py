"""A trained network as a finished reader: its folder, its fitted settings and its card."""

import argparse
import json
from pathlib import Path

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.reader.model import Reader, load_spec
from flows.train.evaluation.fit_decoding import fit
from flows.train.evaluation.metrics import Gold, attribution_figures, name_figures, read_gold
from flows.train.evaluation.model_card import Facts, write_card
from flows.train.model.network import ReaderNetwork
from flows.train.model.release import base_name, write

ABOUT = Path(__file__).with_name("corpora.json")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that every training has: what it reads, where it works, what it writes."""
    parser.add_argument("corpora", type=Path, nargs="+", help="JSON Lines with attributions or entities")
    parser.add_argument("--silver", type=Path, nargs="*", default=[], help="files of flows.train.data.silver_labels")
    parser.add_argument("--base", type=Path, help="folder of a BERT-style base (default: all-MiniLM-L6-v2's package)")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints; training resumes from it")
    parser.add_argument("--output", type=Path, help="folder of the finished reader; nothing is written without it")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="annotated JSON Lines kept out of training")
    parser.add_argument("--about", type=Path, default=ABOUT, help="JSON: name and licence by a corpus's folder")
    parser.add_argument("--fit-rounds", type=int, default=2, help="passes over the settings of decoding")
    parser.add_argument("--note", default="", help="what the card should say of how the weights came about")


def finish(network: ReaderNetwork, facts: dict, tokenizer: Path, options: argparse.Namespace) -> None:
    """Write the reader's folder where `options.output` names one, fits its settings and writes its card.

    tokenizer: the folder whose tokenizer.json the network was trained with.
    """
    if options.output is None:
        return
    earlier = options.output / "reader.json"
    decoding = json.loads(earlier.read_text(encoding="utf-8"))["decoding"] if earlier.is_file() else {}
    write(network, tokenizer, options.output, facts=facts, decoding=decoding, quantised=True)
    reader = Reader(options.output)
    golds = {f"{path.parent.name}/{path.stem}": read_gold(path, reader) for path in options.gold}
    annotated = {name: found for name, found in golds.items() if any(gold.rows for gold in found)}
    read = [*options.corpora, *getattr(options, "news", [])]
    card = Facts(base_name(options.base), described(read, options.about), note=options.note)
    _fit_and_measure(card, options.output, annotated, options.fit_rounds)
    card.names = {name: by for name, found in golds.items() if (by := name_figures(found))}
    write_card(options.output, card)


def _fit_and_measure(card: Facts, output: Path, annotated: dict[str, list[Gold]], rounds: int) -> None:
    """Fits settings on half of the first gold file; the figures of each half and of the other files."""
    rest = dict(annotated)
    for name in list(annotated)[:1]:
        card.fitted_on = f"half of {name}"
        half = [gold for gold in rest[name] if gold.fitted_on]
        card.figures[card.fitted_on], card.reliability = fit(output, half, rounds)
        rest = {f"other half of {name}": [gold for gold in rest.pop(name) if not gold.fitted_on], **rest}
    decoding = Decoding.of(load_spec(output).decoding)
    card.figures |= {name: attribution_figures(found, decoding) for name, found in rest.items()}


def described(corpora: list[Path], about: Path) -> list[dict]:
    """Return the card's rows on data: what `about` says of each corpus's folder, and its size."""
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
