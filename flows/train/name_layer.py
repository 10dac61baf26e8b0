"""Fits the second layer of a reader's head for names (`flows.extract.reader.name_layer`): `names.onnx` in its folder.

    python -m flows.train.name_layer CORPUS.jsonl ... --reader FOLDER --gold HELD_OUT.jsonl ...

Corpora are JSON Lines with `entities`. The reader stays as it is; what it saw of their words is what the layer learns
from. Small networks of several seeds are fitted, and the mean of their scores is the layer's. The same corpora and
reader give the same bytes on one kind of processor. Writes the card `names.md` beside it, with the figures of every
gold file before and after.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from flows.extract.reader.model import Reader
from flows.extract.reader.name_layer import FILE, judged_words, layer_inputs
from flows.extract.reader.reading import Reading
from flows.runtime.fingerprints import file_sha256
from flows.train.data.corpora import LABELS, NAMES, Document, read_documents
from flows.train.evaluation.metrics import name_figures, read_gold
from flows.train.finish import ABOUT, described

SEEDS, HIDDEN, EPOCHS, BATCH = (1, 2), 192, 4, 512
DROPOUT, RATE, DECAY, SMOOTHING = 0.3, 2e-3, 0.05, 0.05

Weights = list[np.ndarray]
"""Matrix and bias of the first layer, then of the second."""


def labels_by_word(reading: Reading, names: Iterable[tuple[int, int, str | None]]) -> np.ndarray:
    """Return the number of each word's label; the longest of nested names counts, those of no known type do not."""
    labels = np.zeros(len(reading), np.int64)
    for start, end, kind in sorted(names, key=lambda name: name[0] - name[1]):
        first, last = reading.words_in(start, end)
        if kind is not None and first < last and not labels[first:last].any():
            number = LABELS["names"].index(f"B-{kind}")
            labels[first] = number
            labels[first + 1 : last] = number + 1
    return labels


def examples(reader: Reader, documents: Sequence[Document]) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and labels of the words of documents that the layer judges."""
    inputs, labels = [], []
    for document in documents:
        reading = reader.read(document.text)
        words = judged_words(reading)
        if document.names is not None and len(words):
            inputs.append(layer_inputs(reading, words))
            labels.append(labels_by_word(reading, document.names)[words])
    return np.concatenate(inputs), np.concatenate(labels)


def fit(inputs: np.ndarray, labels: np.ndarray, seed: int) -> Weights:
    """Fit one network with a hidden layer; the scaling of its inputs is part of its weights."""
    torch.manual_seed(seed)
    mean, scale = inputs.mean(0), inputs.std(0) + 1e-3
    known, right = torch.from_numpy((inputs - mean) / scale), torch.from_numpy(labels)
    first = torch.nn.Linear(known.shape[1], HIDDEN)
    second = torch.nn.Linear(HIDDEN, len(LABELS["names"]))
    drop = torch.nn.Dropout(DROPOUT)
    network = torch.nn.Sequential(drop, first, torch.nn.ReLU(), drop, second)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=DECAY)
    steps = EPOCHS * -(-len(known) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(known)).split(BATCH):
            loss = torch.nn.functional.cross_entropy(network(known[batch]), right[batch], label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    one, shift, two, bias = (part.detach().numpy() for part in (first.weight, first.bias, second.weight, second.bias))
    return [one / scale, shift - (one / scale) @ mean, two, bias]


def joined(networks: Sequence[Weights]) -> Weights:
    """Return one network whose scores are the mean of those of several."""
    one, shift, two, bias = zip(*networks, strict=True)
    count = len(networks)
    return [np.concatenate(one), np.concatenate(shift), np.concatenate(two, 1) / count, np.sum(bias, 0) / count]


def graph(weights: Weights) -> onnx.ModelProto:
    """Return the layer as a graph: `words` [n, inputs] in, `probabilities` [n, labels] out; weights in 16 bits."""
    nodes, constants = [], []
    for name, value in zip(("one", "shift", "two", "bias"), weights, strict=True):
        constants.append(numpy_helper.from_array(value.astype(np.float16), f"{name}.half"))
        nodes.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes += [
        helper.make_node("Gemm", ["words", "one", "shift"], ["hidden"], transB=1),
        helper.make_node("Relu", ["hidden"], ["active"]),
        helper.make_node("Gemm", ["active", "two", "bias"], ["scores"], transB=1),
        helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1),
    ]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", size])
        for name, size in (("words", weights[0].shape[1]), ("probabilities", len(weights[3])))
    ]
    made = helper.make_graph(nodes, "names", ends[:1], ends[1:], constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def lists_layer(folder: Path, listed: bool) -> None:
    """Write into the reader's description that the layer belongs to it, or that it has none."""
    path = folder / "reader.json"
    spec = json.loads(path.read_text(encoding="utf-8"))
    spec["files"].pop(FILE, None)
    if listed:
        spec["files"][FILE] = file_sha256(folder / FILE)
    path.write_text(json.dumps(spec, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def figures(folder: Path, golds: Sequence[Path]) -> dict[str, dict[str, float]]:
    """F1 of exact spans by class, of the reader alone, for every gold file."""
    reader = Reader(folder)
    return {f"{path.parent.name}/{path.stem}": name_figures(read_gold(path, reader)) for path in golds}


def card(folder: Path, data: Sequence[dict], words: int, before: dict, after: dict) -> str:
    """What is said of the layer beside its file."""
    rows = [f"| {d['name']} | {d['documents']} | {d['licence']} |" for d in data]
    shown = []
    for name, by in after.items():
        changes = (f"{kind} {100 * before[name][kind]:.1f} → {100 * f1:.1f}" for kind, f1 in by.items())
        shown.append(f"| {name} | {', '.join(changes)} |")
    return "\n".join([
        "# Second layer of the reader's head for names", "",
        "Judges the words that may be part of a name with the words beside them and with the other places of the same",
        "word in the text. It is fitted to the reader in this folder and to no other one.", "",
        "| | |", "|---|---|",
        f"| kind | {len(SEEDS)} networks with one hidden layer of {HIDDEN}, the mean of their scores |",
        "| inputs | of the word, the one before and the one behind: meaning, log probabilities of both schemes of "
        "names; of the word: shape, layout before it, mean probabilities of its other places |",
        f"| labels | names ({len(LABELS['names'])}): {', '.join(NAMES)} |",
        f"| {FILE} | {(folder / FILE).stat().st_size / 1e6:.1f} MB, SHA-256 `{file_sha256(folder / FILE)}` |",
        f"| weights from | {words} words; seeds {', '.join(map(str, SEEDS))}; {EPOCHS} epochs, batches of {BATCH}, "
        f"dropout {DROPOUT}, rate {RATE}, decay {DECAY}, smoothing {SMOOTHING} |", "",
        "## Data", "", "| corpus | documents | licence |", "|---|---|---|", *rows, "",
        "The reader has read these texts in its own training: its vectors are surer on them than elsewhere.", "",
        "## Figures", "", "F1 of exact spans in percent, the reader alone, without the layer → with it.", "",
        "| corpus | F1 |", "|---|---|", *shown, "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m flows.train.name_layer", description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+", help="JSON Lines with entities")
    parser.add_argument("--reader", type=Path, required=True, help="folder of the reader, which gains the layer")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="annotated JSON Lines kept out of training")
    options = parser.parse_args()
    torch.set_num_threads(1)
    lists_layer(options.reader, listed=False)
    before = figures(options.reader, options.gold)
    inputs, labels = examples(Reader(options.reader), read_documents(options.corpora, []))
    made = graph(joined([fit(inputs, labels, seed) for seed in SEEDS]))
    (options.reader / FILE).write_bytes(made.SerializeToString(deterministic=True))
    lists_layer(options.reader, listed=True)
    after = figures(options.reader, options.gold)
    said = card(options.reader, described(options.corpora, ABOUT), len(labels), before, after)
    (options.reader / "names.md").write_text(said, encoding="utf-8")
    print(said)


if __name__ == "__main__":
    main()
