"""What only some need is not installed for all: a sentence says what to install, where it is asked for."""

import importlib
import re
import subprocess
import sys

import pytest

from flows.errors import SettingsError


def test_delta_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "deltalake", None)  # as where it is not installed
    monkeypatch.delitem(sys.modules, "flows.publish.delta", raising=False)
    with pytest.raises(SettingsError, match=r"Delta tables needs deltalake: pip install 'onrecord\[delta\]'"):
        importlib.import_module("flows.publish.delta")


def test_dask_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.runtime.workers.task_runners import Runner, create_executor

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match=r"dask needs distributed: pip install 'onrecord\[dask\]'"):
        create_executor(Runner(kind="dask"))


def test_an_object_store_names_its_extra() -> None:
    """In a process of its own: fsspec remembers what it has loaded, whatever is in `sys.modules`."""
    listed = (
        "import sys; sys.modules['s3fs'] = None\n"
        "from flows.ingest.sources.open_source import list_sources\n"
        "from flows.errors import InputError, OnrecordError\n"
        "try: list_sources('s3://press/seeds')\n"
        "except InputError as error: print(isinstance(error, OnrecordError), error)\n"
    )
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    assert re.search(r"True .*s3fs.*pip install 'onrecord\[s3\]'", done.stdout), done.stdout
