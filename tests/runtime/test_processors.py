"""Processors of a container are those that its control group grants, not those of the machine."""

import math
from pathlib import Path

import pytest

from flows.runtime.workers.processors import granted_processors, usable_processors


def group(folder: Path, **files: str) -> None:
    """A control group with some of its files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(f"{text}\n", encoding="ascii")


@pytest.mark.parametrize(
    ("files", "granted"),
    [
        ({"cpu__max": "150000 100000"}, 1.5),
        ({"cpu__max": "max 100000"}, math.inf),
        ({"cpu__max": ""}, math.inf),
        ({"cpu__max": "100000 0"}, math.inf),
        ({}, math.inf),
    ],
)
def test_version_2(tmp_path: Path, files: dict[str, str], granted: float) -> None:
    group(tmp_path, **files)
    assert granted_processors(tmp_path, tmp_path / "none") == granted


@pytest.mark.parametrize(("quota", "granted"), [("50000", 0.5), ("-1", math.inf), ("400000", 4.0)])
def test_version_1(tmp_path: Path, quota: str, granted: float) -> None:
    group(tmp_path / "cpu", cpu__cfs_quota_us=quota, cpu__cfs_period_us="100000")
    assert granted_processors(tmp_path, tmp_path / "none") == granted


def test_the_least_of_the_own_group_and_all_above_it_counts(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("0::/kubepods/pod7/web\n", encoding="ascii")
    group(tmp_path / "kubepods", cpu__max="800000 100000")
    group(tmp_path / "kubepods/pod7", cpu__max="200000 100000")
    group(tmp_path / "kubepods/pod7/web", cpu__max="max 100000")
    assert granted_processors(tmp_path, own) == 2.0


def test_groups_of_other_controllers_say_nothing_of_processors(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("5:memory:/m\n4:cpu,cpuacct:/c\n", encoding="ascii")
    group(tmp_path / "cpu/m", cpu__cfs_quota_us="10000", cpu__cfs_period_us="100000")
    group(tmp_path / "cpu/c", cpu__cfs_quota_us="300000", cpu__cfs_period_us="100000")
    assert granted_processors(tmp_path, own) == 3.0


def test_there_is_always_a_processor_and_never_more_than_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3})
    for granted, usable in [(0.2, 1), (1.5, 2), (16.0, 4), (math.inf, 4)]:
        monkeypatch.setattr("flows.runtime.workers.processors.granted_processors", lambda found=granted: found)
        assert usable_processors() == usable
