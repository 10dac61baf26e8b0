"""What libraries must be told before they are imported: nobody is called home, and a good run prints no noise.

Imported first by whatever starts a process of onrecord. Whoever has set one of these variables keeps the setting:
a Prefect server of one's own (`PREFECT_API_URL`) is used as it is.
"""

import gc
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    # Dask tells every connection of a local cluster
    "DASK_LOGGING__DISTRIBUTED": "critical",
    # the in-process server needs 10 to 25 seconds on a busy small machine, longer than the default allows
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    # without these the library pools start a thread a core in every worker process
    "TOKENIZERS_PARALLELISM": "false",
}


def hush() -> None:
    """Sets the defaults that are not set yet, and silences warnings of libraries about themselves."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", category=FutureWarning)
    # Pandera imports Hypothesis where that is installed, which then watches every module that keeps a random number
    warnings.filterwarnings("ignore", message="It looks like `register_random`")
    warnings.filterwarnings("ignore", category=UserWarning, module=r"(pydantic|great_expectations|prefect|pandera)\b.*")


def one_voice() -> None:
    """Leaves it to the caller to say what went wrong: the command line prints an error once, in a sentence."""
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")


@contextmanager
def uncollected() -> Iterator[None]:
    """For imports: no garbage is looked for among what lives as long as the process, now or at its end.

    Importing Prefect and what else a build needs, and ending after it, takes less than half the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def nothing_made_up() -> None:
    """Keeps Pandera from importing Hypothesis where that is installed: half a second a process, for making up data."""
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]  # None: not to be found


def own_server() -> bool:
    """Whether a Prefect server or home of one's own is set, and is used as it is."""
    return bool({"PREFECT_API_URL", "PREFECT_HOME", "PREFECT_PROFILE"} & os.environ.keys())


def private_home(folder: Path) -> Path:
    """Keeps the state of Prefect in `folder`: two builds at once never meet in one SQLite file, and nothing grows in
    the user's home.
    """
    os.environ["PREFECT_HOME"] = str(folder)
    os.environ.setdefault("PREFECT_PROFILES_PATH", str(folder / "profiles.toml"))
    return folder


hush()
