"""Threads, processes, interrupts and time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import ARTICLES, TARGET

import framescope

BIG = [{"outlet": f"O{n % 9}", "text": f"Day {n}. " + "The barrier is a disgrace, critics said. " * 30}
       for n in range(1000)]  # fmt: skip


def classified(_: object = None) -> list[dict]:
    return framescope.classify(ARTICLES, TARGET).to_dicts()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_classify_alike(method: str, table: framescope.Table) -> None:
    # Rayon's threads, which `table` has started, are not there in a forked process.
    with multiprocessing.get_context(method).Pool(2) as pool:
        for found in pool.map_async(classified, range(4)).get(timeout=120):
            assert found == table.to_dicts()


def test_threads_classify_alike(table: framescope.Table) -> None:
    with ThreadPoolExecutor(6) as threads:
        for found in threads.map(classified, range(12)):
            assert found == table.to_dicts()


def test_progress_is_told_and_python_goes_on() -> None:
    told: list[tuple[int, int | None]] = []
    beats = 0
    stop = threading.Event()

    def beat() -> None:
        nonlocal beats
        while not stop.wait(0.01):
            beats += 1

    thread = threading.Thread(target=beat)
    thread.start()
    framescope.classify(BIG, "barrier", progress=lambda done, total: told.append((done, total)))
    stop.set()
    thread.join()
    assert told[-1] == (len(BIG), len(BIG))
    assert told == sorted(told, key=lambda pair: pair[0])
    assert beats > 10


def test_an_exception_of_progress_ends_the_work() -> None:
    def enough(done: int, total: int | None) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        framescope.classify(BIG, "barrier", progress=enough)
    assert len(classified()) > 200


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_is_heard() -> None:
    # A shell starts what runs in the background with interrupts ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            for _ in range(100):
                framescope.classify(BIG, "barrier")
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - start < 20


def test_the_import_is_quick() -> None:
    code = "import time; t = time.perf_counter(); import framescope; print(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
            for _ in range(5)]  # fmt: skip
    # The aim is 50 ms; on a busy machine this finds what is imported needlessly.
    assert min(map(float, runs)) < 0.25


def test_nothing_heavy_is_imported() -> None:
    code = "import sys, framescope; print([m for m in ('numpy', 'pandas', 'sklearn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
