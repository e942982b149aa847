"""Corpora that are counted in parts, on any number of machines."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from . import _core
from .calls import Call, Path, Progress, Targets
from .reports import Report
from .tables import Data


def partial(
    articles: Data,
    targets: Targets = (),
    *,
    labels: Data | None = None,
    model: Path | None = None,
    reader: str | None = None,
    seed: int = 1,
    progress: Progress | None = None,
    **options: Any,
) -> bytes:
    """Count a part of a corpus: articles, or a sentence table. ``merge`` makes the report on all parts.

    All parts must be counted alike. What is given back is what ``framescope report --partial`` writes to a
    file, and may be kept, sent to another machine, and read there by the same version.
    """
    call = Call("report").read("articles", articles).with_targets(targets).with_labels(labels)
    call.with_options(model=model, reader=reader, seed=seed, **options)
    return call.run(_core.partial, progress)


def merge(
    states: Iterable[bytes | Path],
    *,
    model: Path | None = None,
    reader: str | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Report:
    """Make the report on all parts: of what ``partial`` gave, or of files with it, in any order.

    The model is the one that counted; it is asked which words decided.
    """
    call = Call("report").with_options(merge=True, model=model, reader=reader, **options)
    call.arguments.append("<states>")

    def merged(
        arguments: list[str], _: dict[str, _core.Frame], progress: Any = None
    ) -> tuple[_core.Report, list[str]]:
        return _core.merged_report(arguments, read(states), progress)

    return Report._of(call.run(merged, progress))


def merge_states(states: Iterable[bytes | Path]) -> bytes:
    """Merge parts to one, for a tree: what ``partial`` would give of all of them."""
    return _core.merge_states(read(states))


def read(states: Iterable[bytes | Path]) -> list[bytes]:
    """The bytes of states, some of which may be files."""
    if isinstance(states, (str, bytes, os.PathLike)):
        raise TypeError("expected a list of states, found one; write [state]")
    return [state if isinstance(state, bytes) else _of_file(state) for state in states]


def _of_file(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read()
