"""The wheel works on its own: installed where no checkout is in reach, it builds two articles and checks what it built.

The environment is empty but for the libraries of this one: they are on its path, and nothing of the checkout is.
"""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from flows.runtime.fingerprints import code_sha256, data_sha256

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = {
    "ferry.txt": "Harbour master Edda Lindqvist said on Monday that the ferry to Skarholm would sail again in June.",
    "bridge.txt": '"The bridge is safe," mayor Tomas Brandl said. He denied that cables had been replaced.',
}


def run(*command: object, cwd: Path) -> str:
    """What a command prints, its errors last, in an environment that names no other place to import from."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PREFECT"))}
    if compiled := os.environ.get("PYTHONPYCACHEPREFIX"):  # of the libraries; what is tried here is gone tomorrow
        variables |= {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", *build, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment with the wheel in it."""
    home = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    packages = next(home.glob("lib/python*/site-packages"))
    # a path file is read where it lies in the environment, not where it leads: the checkout's own stays unread
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", home / "bin" / "python")
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", "--ignore-installed", wheel, cwd=home)
    return home / "bin" / "python"


def test_it_builds_where_no_checkout_is(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import flows, schemas; print(flows.__file__, schemas.__file__)", cwd=tmp_path).split()
    assert all(Path(path).is_relative_to(python.parents[1]) for path in where)
    for name, text in ARTICLES.items():
        (tmp_path / "articles").mkdir(exist_ok=True)
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    onrecord = python.with_name("onrecord")
    assert run(onrecord, "build", "--seeds", "articles", "--output", "output", "--quiet", cwd=tmp_path) == ""
    manifest = json.loads((tmp_path / "output/latest/manifest.json").read_text(encoding="utf-8"))
    assert manifest["tables"]["articles"]["rows"] == 2
    assert manifest["tables"]["claims"]["rows"] >= 2
    assert manifest["code"]["git_commit"] is None
    assert manifest["lock_sha256"] is None
    here = (code_sha256(), data_sha256("lexicons"), data_sha256("models"))
    assert tuple(manifest["decided"][name] for name in ("code", "lexicons", "models")) == here
    assert (tmp_path / "output/latest/report.html").stat().st_size > 0
    run(onrecord, "validate", "output/latest", cwd=tmp_path)
    run(onrecord, "contracts", "check", cwd=tmp_path)
    run(onrecord, "build", "--seeds", "articles", "--output", "output", "--quiet", cwd=tmp_path)
    assert len(list((tmp_path / "output/snapshots").iterdir())) == 1  # an unchanged input is known again


def test_a_library_user_has_the_types_and_the_similarity_of_names(python: Path, wheel: Path, tmp_path: Path) -> None:
    asked = (
        "from flows.resolve import name_similarity as similar; print(similar('Edda Moe', 'Moe, Edda', 'PERSON') > 0)"
    )
    assert run(python, "-c", asked, cwd=tmp_path).strip() == "True"
    names = set(ZipFile(wheel).namelist())
    assert {"flows/py.typed", "schemas/py.typed", "flows/_seeds/models/reader/reader.json"} <= names
    assert not [name for name in names if name.startswith(("tests/", "output/", "seeds/")) or "__pycache__" in name]
