"""Worker processes: results in order, errors as they were raised, and a worker that is killed is replaced."""

import os
import signal
import threading
import time
from operator import truediv

import pytest

from flows.runtime.process_pool import LostWorkerError, abandon, ahead, apart, begin, processes, spread


def test_results_come_in_the_order_of_the_calls_from_other_processes() -> None:
    with processes(2):
        assert spread(divmod, [(n, 7) for n in range(40)]) == [divmod(n, 7) for n in range(40)]
        assert apart(os.getpid) != os.getpid()
    assert apart(os.getpid) == os.getpid()


def test_one_processor_and_one_call_need_no_process() -> None:
    with processes(1):
        assert apart(os.getpid) == os.getpid()
    with processes(2):
        assert spread(os.getpid, [()]) == [os.getpid()]


def test_work_goes_on_beside_and_what_it_raises_is_raised_where_it_is_asked_for() -> None:
    with processes(2):
        assert begin(os.getpid).result() != os.getpid()
        with pytest.raises(ZeroDivisionError):
            begin(truediv, 1, 0).result()
    assert begin(os.getpid).result() == os.getpid()
    failed = begin(truediv, 1, 0)
    with pytest.raises(ZeroDivisionError):
        failed.result()


def test_a_worker_gets_more_of_what_it_has_loaded() -> None:
    with processes(2):
        busy = begin(time.sleep, 0.5)
        other = apart(threading.get_native_id)
        busy.result()  # this worker was free last, and has never called a function of that module
        assert apart(threading.get_native_id) == other


def test_workers_that_were_started_ahead_are_those_of_the_next_block_of_their_number() -> None:
    for size, kept in ((2, True), (3, False)):
        ahead(2, os.umask, 0o055)  # something that a process keeps
        with processes(size):
            assert (begin(os.umask, 0o022).result() == 0o055) == kept
        with processes(2):
            assert begin(os.umask, 0o022).result() != 0o055


def test_other_work_has_a_worker_of_its_own_while_there_may_be_one() -> None:
    with processes(2):
        loaded = apart(os.getpid)
        assert apart(threading.get_native_id) != loaded  # of a main thread this is the process's number
        assert apart(os.getpid) == loaded


def test_what_a_worker_raises_is_raised_here_and_the_worker_goes_on() -> None:
    with processes(2):
        with pytest.raises(ZeroDivisionError, match="division by zero"):
            apart(truediv, 1, 0)
        assert apart(truediv, 1, 2) == 0.5


def test_a_killed_worker_is_replaced_and_work_that_kills_twice_is_an_error() -> None:
    with processes(2):
        first = apart(os.getpid)
        os.kill(first, signal.SIGKILL)
        assert apart(os.getpid) not in (first, os.getpid())
        with pytest.raises(LostWorkerError, match="ended with code 3"):
            apart(os._exit, 3)


def test_abandoned_work_ends_at_once_and_no_more_is_done() -> None:
    with processes(2):
        apart(os.getpid)
        threading.Timer(0.5, abandon).start()
        with pytest.raises(LostWorkerError):
            apart(time.sleep, 600)
        with pytest.raises(LostWorkerError, match="the build is over"):
            apart(os.getpid)


def test_no_worker_outlives_the_block() -> None:
    with processes(2):
        worker = apart(os.getpid)
        os.kill(worker, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
