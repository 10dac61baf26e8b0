"""Builds inside this process: one private Prefect server for all tests of a worker, and a corpus to change."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.runtime.environment import use_prefect_home

ROOT = Path(__file__).resolve().parent.parent.parent
Build = Callable[..., dict[str, object]]

PEOPLE = [
    ("Ana Horvat", "mayor of Karlovac", "the bridge would be open by June"),
    ("Tomas Lindqvist", "chief engineer of Nordkabel", "the cable had failed twice in 2021"),
    ("Fatou Diallo", "health minister of Senegal", "the vaccine had reached 40 districts"),
    ("Peter Novak", "spokesman of the Danube Commission", "water levels would not rise before October"),
    ("Irene Castillo", "head of the port authority in Valencia", "the strike had cost 12 million euros"),
]


def article(number: int, edition: int = 0) -> str:
    """A short article of our own: two people speak; another number is another event, another edition a rewrite."""
    name, role, said = PEOPLE[number % len(PEOPLE)]
    other, other_role, reply = PEOPLE[(number + 1 + edition) % len(PEOPLE)]
    return (
        f"Report {number} from the regional desk\n\n"
        f"{name}, {role}, said on Monday that {said}.\n\n"
        f"“We have waited for this for {number + 2} years,” {name.split()[-1]} told reporters.\n\n"
        f"{other}, {other_role}, told the assembly that {reply}. "
        f"The assembly approved the plan by {30 + number} votes to {7 + edition}.\n"
    )


def write(folder: Path, numbers: range, edition: int = 0) -> None:
    """Articles as text files, a file a number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:04d}.txt").write_text(article(number, edition), encoding="utf-8")


def hashes(snapshot: Path) -> dict[str, str]:
    """SHA-256 of every table's file."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(snapshot.glob("*.parquet"))}


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Runs the real flow in this process: `build(seeds, output, settings=…, runner=…)`.

    One worker unless a test says otherwise: it is this process, which has the libraries and the model already; the
    processes of a usual build, which load them anew, are those of the tests that start the command line.
    """
    use_prefect_home(tmp_path_factory.mktemp("prefect"))
    from prefect.testing.utilities import prefect_test_harness

    from flows.flow import build_snapshot
    from flows.runtime.workers.task_runners import Runner

    def run(seeds: Path, output: Path, **options: object) -> dict[str, object]:
        return build_snapshot(str(seeds), str(output), **{"runner": Runner(workers=1), **options})

    with prefect_test_harness(server_startup_timeout=180):
        yield run
