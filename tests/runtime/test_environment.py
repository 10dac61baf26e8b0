"""What libraries are told before they are imported."""

import os
import subprocess
import sys

import pytest

CONFIGURED = """
from flows.runtime.environment import configure_environment
configure_environment()
"""
PRODUCT = """
import psutil
import numpy
square = numpy.ones((600, 600))
square @ square
print(psutil.Process().num_threads())
"""


def threads(program: str) -> int:
    bare = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    ended = subprocess.run([sys.executable, "-c", program], env=bare, capture_output=True, text=True, check=True)
    return int(ended.stdout)


def test_products_of_matrices_start_no_threads() -> None:
    if threads(PRODUCT) == 1:
        pytest.skip("products of matrices start no threads here, whatever the environment says")
    assert threads(CONFIGURED + PRODUCT) == 1


BLOCKED = """
import sys
from flows.runtime.environment import allow_imports, block_imports, block_needless_imports
block_needless_imports()
import pandera.polars, polars
table = polars.DataFrame({"name": ["Lind"]}).to_arrow()
assert "pandas" not in sys.modules and "hypothesis" not in sys.modules
from flows.validate.gate import preload
preload()
assert table.to_pandas()["name"].to_list() == ["Lind"]
assert "hypothesis" not in sys.modules and "sqlalchemy" not in sys.modules
"""


def test_a_build_loads_pandas_for_the_quality_gate_alone() -> None:
    subprocess.run([sys.executable, "-c", CONFIGURED + BLOCKED], check=True)
