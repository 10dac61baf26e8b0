"""What libraries must be told before they are imported: nobody is called home, and a good run prints no noise.

Every entry point calls `configure_environment` first: the command line, a flow run, a worker process, a server. Whoever
has set one of the variables keeps the setting: a Prefect server of one's own (`PREFECT_API_URL`) is used as it is.
"""

import gc
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from pathlib import Path

VARIABLES = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",  # of what tokenizers may load
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    # Dask tells every connection of a local cluster
    "DASK_LOGGING__DISTRIBUTED": "critical",
    # the in-process server needs 10 to 25 seconds on a busy small machine, longer than the default allows
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    # without these the library pools start a thread a core in every worker process
    "TOKENIZERS_PARALLELISM": "false",
    # products of matrices here are small: a second thread waits for the first, and takes a core to do so
    "OPENBLAS_NUM_THREADS": "1",
    # the helper process of worker pools would tell a terminal what a stopped build has left to it to tidy
    "PYTHONWARNINGS": "ignore:resource_tracker:UserWarning",
    # no process that is started from here looks for modules in the folder that it is started in: a file polars.py that
    # lies there is nobody's library
    "PYTHONSAFEPATH": "1",
}
_ROOT = Path(__file__).resolve().parents[2]


def configure_environment() -> None:
    """Set the variables that are not set yet, and silence warnings of libraries about themselves."""
    for name, value in VARIABLES.items():
        os.environ.setdefault(name, value)
    _let_children_find_this_package()
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", category=FutureWarning)
    # Pandera imports Hypothesis where that is installed, which then watches every module that keeps a random number
    warnings.filterwarnings("ignore", message="It looks like `register_random`")
    warnings.filterwarnings("ignore", category=UserWarning, module=r"(pydantic|great_expectations|prefect|pandera)\b.*")


def _let_children_find_this_package() -> None:
    """Name the folder of a checkout in PYTHONPATH: `python -m flows` found it in the current folder, a child does not.

    An installed package needs no help: its folder there would come before the standard library's.
    """
    known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if _ROOT.name not in ("site-packages", "dist-packages") and str(_ROOT) not in known:
        os.environ["PYTHONPATH"] = os.pathsep.join([str(_ROOT), *filter(None, known)])


def silence_prefect_loggers() -> None:
    """Leave it to the caller to say what went wrong: the command line prints an error once, in a sentence."""
    for name in ("PREFECT_LOGGING_LEVEL", "PREFECT_INTERNAL_LOGGING_LEVEL"):  # the second: of events that were lost
        os.environ.setdefault(name, "CRITICAL")


@contextmanager
def gc_paused() -> Iterator[None]:
    """Look for no garbage in what is imported within this block, now or later: it lives as long as the process.

    Importing Prefect and what else a build needs, and ending after it, takes less than half the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without cyclic garbage collection: millions of live names make each of its passes long and fruitless."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Blocked(MetaPathFinder):
    """Says of some libraries that they are not installed, in the words that those which look for them wait for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def find_spec(self, fullname: str, *_: object) -> None:
        """Find nothing; raises ModuleNotFoundError for what is blocked."""
        if fullname in self.names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


_blocked = _Blocked()


def block_imports(*names: str) -> None:
    """Keep this process from importing libraries that those which look for them can do without."""
    _blocked.names.update(names)
    if _blocked not in sys.meta_path:
        sys.meta_path.insert(0, _blocked)


def allow_imports(*names: str) -> None:
    """Let this process import what it was kept from."""
    _blocked.names.difference_update(names)


def block_needless_imports() -> None:
    """Keep Pandera from importing Hypothesis and pandas where they are installed: half a second each a process, for
    making up data and for checking frames that are none of ours. The quality gate needs pandas, and allows it.
    """
    block_imports("hypothesis", "pandas")


def has_own_server() -> bool:
    """Tell whether a Prefect server or home of one's own is set, and is used as it is."""
    return bool({"PREFECT_API_URL", "PREFECT_HOME", "PREFECT_PROFILE"} & os.environ.keys())


def use_prefect_home(folder: Path) -> Path:
    """Keep the state of Prefect in `folder`, and return it.

    Two builds at once never meet in one SQLite file then, and nothing grows in the user's home.
    """
    os.environ["PREFECT_HOME"] = str(folder)
    os.environ.setdefault("PREFECT_PROFILES_PATH", str(folder / "profiles.toml"))
    return folder
