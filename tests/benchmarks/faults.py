"""Kills builds with -9, 200 times: at every step of publishing, at changes of the disk, at random moments.

After each kill, before anything is put in order, a reader looks: `latest` and every other visible version are whole
(`onrecord validate` finds nothing: hashes, types, values, references, offsets). Then the next run is held to what it
must do: publish the number that follows, leave nothing half-made behind, keep what the cache had, lose no article.
A build here is a fork of a process that has imported everything; tests/e2e/test_faults.py kills the command line.
Usage: python -m tests.benchmarks.faults [--kills 200] [--seed 1] [--workers 1]
"""

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from flows.runtime.limits import LIMITS
from tests.benchmarks import _forks as forks
from tests.e2e.conftest import write

ARTICLES = 5
KEPT = 4
MERGED_FROM = LIMITS.cache_files - 4
"""Shards of one kind from which a build, which adds some, may merge them: those of before are gone then."""
ONE_MORE = 0.4
"""Share of killed builds whose next one is killed, too, before one is let be."""
STEPS = ("write_manifest", "sync_files", "announce", "place", "record", "point_latest")


@dataclass
class House:
    """Seeds of five short articles of which one is rewritten after each publication, and the output folder."""

    root: Path
    workers: int | None = None
    edition: int = 0
    checked: set[str] = field(default_factory=set)

    @property
    def seeds(self) -> Path:
        """Folder of articles."""
        return self.root / "seeds"

    @property
    def output(self) -> Path:
        """Folder of snapshots."""
        return self.root / "output"

    def build(self) -> None:
        """A whole build, in this process."""
        from flows.flow import build_snapshot
        from flows.runtime.workers.task_runners import Runner

        build_snapshot(str(self.seeds), str(self.output), runner=Runner(workers=self.workers))

    def build_to(self, step: str) -> None:
        """A build that dies before a step of publishing."""
        import flows.publish.flow as publishing

        commit = publishing.commit
        publishing.commit = lambda staged, new: commit(staged, new, lambda name: forks.die() if name == step else None)
        self.build()

    def change(self) -> None:
        """Rewrites one article."""
        self.edition += 1
        number = self.edition % ARTICLES
        write(self.seeds, range(number, number + 1), edition=self.edition)

    def shards(self) -> dict[Path, int]:
        """Files of the cache and when each was written."""
        return {path: path.stat().st_mtime_ns for path in (self.output / "cache").rglob("*.parquet")}


def look(house: House) -> None:
    """What any reader sees at any moment is whole; a version that was validated before must still have its bytes."""
    from flows.cli.validate import violations_of
    from flows.runtime.fingerprints import file_sha256
    from flows.snapshots import manifest

    snapshots = house.output / "snapshots"
    visible = [path for path in snapshots.iterdir() if not path.name.startswith(".")] if snapshots.exists() else []
    for folder in [*visible, *([house.output / "latest"] if (house.output / "latest").is_symlink() else [])]:
        said = manifest.read(folder)
        assert said.version == folder.resolve().name
        if said.version in house.checked:
            for name, facts in said.tables.items():
                assert file_sha256(folder / f"{name}.parquet") == facts.sha256, folder
        else:
            assert not (found := violations_of(folder)[1]), (folder, found)


def in_order(house: House) -> None:
    """What the next run leaves: numbers without gap or double, nothing half-made, every file in the newest version."""
    import polars as pl

    from flows.snapshots.output_folder.store import Store
    from flows.snapshots.output_folder.versions import prune
    from schemas.vocabularies import CONTRACT_VERSION

    look(house)
    store = Store(house.output)
    history = store.history()
    numbers = [entry.version for entry in history.versions]
    assert numbers == [f"{CONTRACT_VERSION}.{number}" for number in range(len(numbers))], numbers
    assert [entry.parent for entry in history.versions] == [None, *numbers[:-1]]
    assert history.latest == numbers[-1] == store.latest.readlink().name
    assert {path.name for path in store.published()} == {e.version for e in history.versions if not e.pruned}
    left = [path.name for path in [*house.output.iterdir(), *store.snapshots.iterdir()] if path.name.startswith(".")]
    assert not [name for name in left if name.startswith((".staging", ".removing", ".new", ".work"))], left
    articles = pl.read_parquet(store.latest / "articles.parquet")
    rejects = pl.read_parquet(store.latest / "rejects.parquet")
    uris = [*articles["source_uri"], *rejects.filter(pl.col("stage") == "ingest")["source_uri"]]
    assert sorted(uris) == [path.name for path in sorted(house.seeds.iterdir())]
    if len(store.published()) > 2 * KEPT:
        prune(house.output, KEPT)


def next_run(house: House) -> float:
    """A build that is let be, and what it must have done; its seconds."""
    known = house.shards()
    begun = time.monotonic()
    forks.end(forks.start(house.build))
    took = time.monotonic() - begun
    kept, many = house.shards(), Counter(path.parent for path in known)
    gone = [path for path, when in known.items() if kept.get(path) != when and many[path.parent] < MERGED_FROM]
    assert not gone, f"the cache was not used: {gone}"
    forks.end(forks.start(lambda: in_order(house)))
    house.checked |= {path.name for path in (house.output / "snapshots").iterdir()}
    return took


def events_of(house: House) -> int:
    """How many changes of the disk a whole build makes."""
    told = house.root / "events"

    def counted() -> None:
        seen = 0

        def note(done: int) -> None:
            nonlocal seen
            seen = done

        forks.count(note)
        house.build()
        told.write_text(str(seen))

    forks.end(forks.start(counted))
    return int(told.read_text())


def kill(house: House, number: int, rng: random.Random, events: int, took: float) -> tuple[str, bool]:
    """Kills a build in one of three ways, in turn; how, and whether it was not done before."""
    if number % 4 == 0:
        step = STEPS[number // 4 % len(STEPS)]
        return f"before the step {step}", not forks.end(forks.start(lambda: house.build_to(step)))
    if number % 4 == 1:
        return "at a change of the disk", forks.killed_at_event(rng.randrange(events), house.build)
    return "at a random moment", forks.killed_after(rng.uniform(0, took), house.build)


def main() -> None:
    """Kills, looks and goes on, as often as asked; prints what was survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", help="not used")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, help="1: all of a build is in the process that is killed")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)  # noqa: S311  # moments, not secrets
    house = House(Path(tempfile.mkdtemp(prefix="onrecord-faults-")), arguments.workers)
    write(house.seeds, range(ARTICLES))
    survived: Counter[str] = Counter()
    begun = time.monotonic()
    with forks.imported():
        forks.preload(house.build, house.root / "modules")
        house.change()
        events = events_of(house)
        house.change()
        took = next_run(house)
        while survived.total() < arguments.kills:
            kind, killed = kill(house, survived.total(), rng, events, took)
            forks.end(forks.start(lambda: look(house)))
            survived[kind] += killed
            if rng.random() < ONE_MORE:
                continue
            took = 0.8 * took + 0.2 * next_run(house)
            house.change()
            print(f"{survived.total()} kills survived, {time.monotonic() - begun:.0f} s", flush=True)
        next_run(house)
    for kind, number in survived.items():
        print(f"killed {kind}: {number} times")
    version = (house.output / "latest").readlink().name
    print(f"{survived.total()} kills survived, {version} is the latest: each time what a reader saw was whole, and")
    print("the next run published without a gap in the numbers, with every file, on what was in the cache")
    shutil.rmtree(house.root)


if __name__ == "__main__":
    main()
