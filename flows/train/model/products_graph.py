"""Writes `seeds/models/products.onnx`, by which `flows.runtime.onnx_models` finds out how a processor adds up products.

python -m flows.train.model.products_graph

Input a uint8 [R, 64] → products int32 [R, 16] with a matrix of nothing but 127, the largest weight that the graphs of
the program have. So each product is 127 times the sum of a row.
"""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from flows.lexicons.paths import asset
from flows.runtime.onnx_models import LARGEST_WEIGHT, PRODUCTS

ROWS, COLUMNS = 64, 16


def main() -> None:
    """Write the graph."""
    weights = numpy_helper.from_array(np.full((ROWS, COLUMNS), LARGEST_WEIGHT, np.int8), "weights")
    made = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "weights"], ["products"])],
        "products",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, ["R", ROWS])],
        [helper.make_tensor_value_info("products", TensorProto.INT32, ["R", COLUMNS])],
        [weights],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], producer_name="onrecord", ir_version=8)
    asset(PRODUCTS).write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
