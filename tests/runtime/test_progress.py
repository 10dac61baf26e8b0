"""What a build tells of its progress: every part that is done, once, whoever does it."""

import threading

import pytest

from flows.runtime.progress import Silent, counting, reporting
from flows.runtime.workers.executors import executing, map_in_workers
from flows.runtime.workers.process_pool import ProcessPool


class Heard(Silent):
    """Adds up what a stage is advanced by."""

    def __init__(self) -> None:
        self.steps: list[int] = []

    def advance(self, stage: str, done: int, note: str = "") -> None:  # noqa: ARG002 - of the interface
        """Takes note of it."""
        self.steps.append(done)


def test_each_part_is_told_as_soon_as_it_is_done() -> None:
    heard = Heard()
    with reporting(heard), counting("extract") as count:
        assert map_in_workers(abs, [(-1,), (-2,), (-3,)], done=lambda number: count(number + 1)) == [1, 2, 3]
        assert heard.steps == [1, 2, 3]


def test_parts_that_worker_processes_do_are_told_from_their_threads() -> None:
    heard, threads = Heard(), set()
    with reporting(heard), ProcessPool(2) as pool, executing(pool), counting("extract") as count:

        def done(number: int) -> None:
            threads.add(threading.current_thread().name)
            count(number)

        map_in_workers(abs, [(-1,), (-2,), (-3,)], done=done)
    assert sorted(heard.steps) == [0, 1, 2]
    assert "MainThread" not in threads


def test_what_a_failed_attempt_has_counted_is_taken_back() -> None:
    heard = Heard()
    with reporting(heard), pytest.raises(ZeroDivisionError), counting("extract") as count:
        map_in_workers(divmod, [(8, 2), (8, 4), (8, 0)], done=lambda _: count(5))
    assert heard.steps == [5, 5, -10]
