"""A trained network as the ONNX file that the reader runs, written node by node; no exporter is involved.

Weights of matrices are int8, symmetric, one scale a column; activations are quantised on the fly, one scale a
window. The graph takes one window at a time: what a window says then never depends on its neighbours in a
batch, which a dynamic scale over a batch would break. Word embeddings are int8 with one scale a row.

Inputs   ids, shapes, gaps          int64 [1, T]
Outputs  logits [1, T, labels], link [1, T, 4 * LINK_WIDTH], meaning [1, T, width]
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from flows.train.model.network import ReaderNetwork

MICROSOFT = "com.microsoft"


class Graph:
    """Nodes and constants of a graph under construction."""

    def __init__(self, quantised: bool):
        self.quantised = quantised
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x @ weight.T + bias, in int8 where the graph is quantised."""
        matrix = np.ascontiguousarray(weight.T)
        bias_name = self.constant(f"{name}.bias", bias)
        if not self.quantised:
            product = self.node("MatMul", [x, self.constant(f"{name}.weight", matrix)], f"{name}.product")
            return self.node("Add", [product, bias_name], f"{name}.out")
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / 127
        whole = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
        inputs = [
            x,
            self.constant(f"{name}.weight", whole),
            self.constant(f"{name}.scale", scale.astype(np.float32)),
            self.constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
            bias_name,
        ]
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out", MICROSOFT)

    def embedding(self, numbers: str, name: str, table: np.ndarray) -> str:
        """Rows of `table`; int8 with a scale a row where the graph is quantised and the table is large."""
        if not self.quantised or len(table) < 1000:
            return self.node("Gather", [self.constant(f"{name}.table", table), numbers], f"{name}.out")
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
        whole = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        rows = self.node("Gather", [self.constant(f"{name}.table", whole), numbers], f"{name}.rows")
        real = self.node("Cast", [rows], f"{name}.real", to=TensorProto.FLOAT)
        scales = self.constant(f"{name}.scale", scale.astype(np.float32))
        return self.node("Mul", [real, self.node("Gather", [scales, numbers], f"{name}.scales")], f"{name}.out")

    def norm(self, x: str, skip: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Layer norm of x + skip.

        Two plain nodes: onnxruntime's fused SkipLayerNormalization takes nine times as long on a processor.
        """
        added = self.node("Add", [x, skip], f"{name}.sum")
        inputs = [added, self.constant(f"{name}.gamma", weight), self.constant(f"{name}.beta", bias)]
        return self.node("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=1e-12)


def build(network: ReaderNetwork, quantised: bool) -> onnx.ModelProto:
    """Return the network as an ONNX model of opset 17 with onnxruntime's fused operators."""
    state = {k: v.detach().float().cpu().numpy() for k, v in network.state_dict().items()}
    heads = network.encoder.layers[0].heads
    graph = Graph(quantised)

    def part(name: str) -> tuple[np.ndarray, np.ndarray]:
        return state[f"{name}.weight"], state[f"{name}.bias"]

    words = graph.embedding("ids", "words", state["encoder.words.weight"])
    extra = graph.node(
        "Add",
        [
            graph.embedding("shapes", "shapes", state["encoder.shapes.weight"]),
            graph.embedding("gaps", "gaps", state["encoder.gaps.weight"]),
        ],
        "extra",
    )
    shape = graph.node("Shape", ["ids"], "shape", start=1, end=2)
    zero = graph.constant("zero", np.zeros(1, np.int64))
    table = graph.constant("positions.table", state["encoder.positions.weight"][None])
    one = graph.constant("one", np.ones(1, np.int64))
    places = graph.node("Slice", [table, zero, shape, one], "positions")
    x = graph.norm(graph.node("Add", [words, places], "placed"), extra, "embedding", *part("encoder.norm"))
    for number in range(len(network.encoder.layers)):
        x = transformer_layer(graph, x, f"encoder.layers.{number}", part, heads)
    logits = graph.linear(x, "heads", *part("heads"))
    hidden = graph.linear(x, "link_hidden", *part("link_hidden"))
    link = graph.linear(graph.node("Gelu", [hidden], "link_act", MICROSOFT), "link", *part("link"))
    meaning = graph.linear(x, "meaning", *part("meaning"))
    outputs = {"logits": logits, "link": link, "meaning": meaning}
    for name, inner in outputs.items():
        graph.node("Identity", [inner], name)
    window: list[int | str] = [1, "T"]
    made = helper.make_graph(
        graph.nodes,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, window) for name in ("ids", "shapes", "gaps")],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "T", None]) for name in outputs],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, producer_name="onrecord", ir_version=8)


def transformer_layer(graph: Graph, x: str, name: str, part: Callable[..., Any], heads: int) -> str:
    """Add one transformer layer to the graph, on `x`, and return its output."""
    weight, bias = part(f"{name}.qkv")
    width = weight.shape[1]
    # MultiHeadAttention wants three tensors; one product and a split is faster than three products.
    fused = graph.linear(x, f"{name}.qkv", weight, bias)
    sizes = graph.constant(f"{name}.sizes", np.full(3, width, np.int64))
    parts = [f"{name}.q", f"{name}.k", f"{name}.v"]
    graph.nodes.append(helper.make_node("Split", [fused, sizes], parts, axis=2))
    mixed = graph.node("MultiHeadAttention", parts, f"{name}.mixed", MICROSOFT, num_heads=heads)
    out = graph.linear(mixed, f"{name}.out", *part(f"{name}.out"))
    x = graph.norm(out, x, f"{name}.norm1", *part(f"{name}.norm1"))
    up = graph.linear(x, f"{name}.up", *part(f"{name}.up"))
    inner = graph.node("Gelu", [up], f"{name}.act", MICROSOFT)
    down = graph.linear(inner, f"{name}.down", *part(f"{name}.down"))
    return graph.norm(down, x, f"{name}.norm2", *part(f"{name}.norm2"))


def save(network: ReaderNetwork, target: Path, quantised: bool = True) -> None:
    """Write the ONNX file; the same weights give the same bytes."""
    model = build(network, quantised)
    target.write_bytes(model.SerializeToString(deterministic=True))
