"""A trained pair model as the two ONNX graphs that `flows.resolve.claims.pairs.pair_model` runs, written node by node.

statement.onnx.gz   ids int64 [1, T]                                       → states float [1, T, width]
pair.onnx.gz        a [1, A, width], b [1, B, width], marks int64 [1, A+B]  → answers float [1, 5]

Weights are int8 as in the reader's graph (`flows.train.model.onnx_export`), whose building blocks are used here. Packed
they are a tenth smaller.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from flows.resolve.claims.pairs.pair_input import MARKS
from flows.resolve.claims.pairs.pair_model import ANSWERS, FILES, INTERFACE
from flows.train.claim_pairs.network import PairNetwork
from flows.train.model.onnx_export import MICROSOFT, Graph, transformer_layer

Part = Callable[[str], tuple[np.ndarray, np.ndarray]]


def write(network: PairNetwork, tokenizer: Path, folder: Path, facts: dict, last: dict) -> None:
    """Write all files of a model; `facts` are how it was trained, `last` its last layer."""
    folder.mkdir(parents=True, exist_ok=True)
    save(network, folder)
    if tokenizer != folder / "tokenizer.json":
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    spec = {
        "interface": INTERFACE,
        "answers": ANSWERS,
        "marks": MARKS,
        "last_layer": last,
        "training": facts,
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES},
    }
    (folder / "model.json").write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")


def save(network: PairNetwork, folder: Path, quantised: bool = True) -> None:
    """Write both graphs; the same weights give the same bytes."""
    state = {k: v.detach().float().cpu().numpy() for k, v in network.state_dict().items()}
    count, width = len(network.layers), state["words.weight"].shape[1]
    value = helper.make_tensor_value_info
    alone = statement_graph(Graph(quantised), state, range(network.apart), network.heads)
    inputs = [value("ids", TensorProto.INT64, [1, "T"])]
    _write(folder / FILES[0], alone, inputs, value("states", TensorProto.FLOAT, [1, "T", width]))
    both = pair_graph(Graph(quantised), state, range(network.apart, count), network.heads)
    inputs = [value(name, TensorProto.FLOAT, [1, name, width]) for name in "ab"]
    inputs.append(value("marks", TensorProto.INT64, [1, "T"]))
    _write(folder / FILES[1], both, inputs, value("answers", TensorProto.FLOAT, [1, len(ANSWERS)]))


def _part(state: dict[str, np.ndarray]) -> Part:
    return lambda name: (state[f"{name}.weight"], state[f"{name}.bias"])


def statement_graph(graph: Graph, state: dict[str, np.ndarray], layers: range, heads: int) -> Graph:
    """Word pieces of one statement through the layers that read it alone."""
    part = _part(state)
    words = graph.embedding("ids", "words", state["words.weight"])
    shape = graph.node("Shape", ["ids"], "shape", start=1, end=2)
    zero, one = graph.constant("zero", np.zeros(1, np.int64)), graph.constant("one", np.ones(1, np.int64))
    table = graph.constant("positions.table", state["positions.weight"][None])
    places = graph.node("Slice", [table, zero, shape, one], "positions")
    x = graph.norm(words, places, "embedding", *part("norm"))
    for number in layers:
        x = transformer_layer(graph, x, f"layers.{number}", part, heads)
    graph.node("Identity", [x], "states")
    return graph


def pair_graph(graph: Graph, state: dict[str, np.ndarray], layers: range, heads: int) -> Graph:
    """Return what was read of two statements, through the layers that read both, to five probabilities."""
    part = _part(state)
    marks = graph.embedding("marks", "marks_of", state["marks.weight"])
    x = graph.node("Add", [graph.node("Concat", ["a", "b"], "both", axis=1), marks], "marked")
    for number in layers:
        x = transformer_layer(graph, x, f"layers.{number}", part, heads)
    named = {"zero": 0, "one": 1, "end": 2**31}
    numbers = {name: graph.constant(name, np.array([place], np.int64)) for name, place in named.items()}
    shape = graph.node("Shape", ["a"], "first", start=1, end=2)
    means = []
    for side, (start, end) in (("a", (numbers["zero"], shape)), ("b", (shape, numbers["end"]))):
        cut = graph.node("Slice", [x, start, end, numbers["one"]], f"{side}.states")
        mean = graph.node("ReduceMean", [cut], f"{side}.mean", axes=[1], keepdims=0)
        means.append(graph.node("LpNormalization", [mean], f"{side}.unit", axis=-1, p=2))
    hidden = graph.linear(_features(graph, x, numbers, means, state), "hidden", *part("hidden"))
    logits = graph.linear(graph.node("Gelu", [hidden], "act", MICROSOFT), "answer", *part("answer"))
    graph.node("Softmax", [logits], "answers", axis=-1)
    return graph


def _features(graph: Graph, x: str, numbers: dict[str, str], means: list[str], state: dict) -> str:
    """As `PairNetwork.features`: first piece, distance and product of the means, cosine."""
    scale = float(state["words.weight"].shape[1]) ** 0.5
    first = graph.node("Slice", [x, numbers["zero"], numbers["one"], numbers["one"]], "opening")
    opening = graph.node("Squeeze", [first, numbers["one"]], "piece")
    distance = graph.node("Abs", [graph.node("Sub", means, "difference")], "distance")
    far = graph.node("Mul", [distance, graph.constant("scale", np.array(scale, np.float32))], "far")
    near = graph.node("Mul", means, "product")
    wide = graph.node("Mul", [near, graph.constant("square", np.array(scale * scale, np.float32))], "wide")
    cosine = graph.node("ReduceMean", [wide], "cosine", axes=[1], keepdims=1)
    four = graph.node("Mul", [cosine, graph.constant("four", np.array(4, np.float32))], "likeness")
    return graph.node("Concat", [opening, far, wide, four], "features", axis=1)


def _write(path: Path, graph: Graph, inputs: list[onnx.ValueInfoProto], output: onnx.ValueInfoProto) -> None:
    made = helper.make_graph(graph.nodes, path.name.partition(".")[0], inputs, [output], graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(made, opset_imports=opsets, producer_name="onrecord", ir_version=8)
    path.write_bytes(gzip.compress(model.SerializeToString(deterministic=True), mtime=0))
