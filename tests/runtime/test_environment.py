"""What libraries are told before they are imported."""

import os
import subprocess
import sys

PROGRAM = """
import psutil
from flows.runtime.environment import configure_environment
configure_environment()
import numpy
square = numpy.ones((600, 600))
square @ square
print(psutil.Process().num_threads())
"""


def test_products_of_matrices_start_no_threads() -> None:
    bare = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    ended = subprocess.run([sys.executable, "-c", PROGRAM], env=bare, capture_output=True, text=True, check=True)
    assert ended.stdout == "1\n"
