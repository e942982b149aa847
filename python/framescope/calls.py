"""Calls of the library: arguments as options of the command, its notes as warnings."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from . import _core
from .tables import TEXTS, Data, Table, frame_of, paths_of
from .targets import Target, options_of

T = TypeVar("T")
Progress = Callable[[int, int | None], Any]
Targets = Iterable[str | Target] | str | Target
Path = str | os.PathLike[str]


class FramescopeWarning(UserWarning):
    """A note or warning that the command writes to standard error."""


def options(named: dict[str, Any]) -> list[str]:
    """Options of the command by their names with underscores: ``True`` sets one, a list repeats it, a
    dictionary writes ``name=value``."""
    given: list[str] = []
    for name, value in named.items():
        option = "--" + name.strip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            given.append(option)
        elif isinstance(value, dict):
            given += [f"{option}={key}={each}" for key, each in value.items()]
        elif isinstance(value, (list, tuple, set)):
            given += [f"{option}={_written(each)}" for each in value]
        else:
            given.append(f"{option}={_written(value)}")
    return given


def _written(value: Any) -> str:
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def _depth_of_caller() -> int:
    """How many calls lie between a warning here and who called the package."""
    here = os.path.dirname(__file__)
    frame, depth = sys._getframe(1), 1
    while frame.f_back is not None and os.path.dirname(frame.f_code.co_filename) == here:
        frame, depth = frame.f_back, depth + 1
    return depth


class Call:
    """The arguments of a command with the tables that they name."""

    def __init__(self, command: str) -> None:
        self.arguments = [command]
        self.frames: dict[str, _core.Frame] = {}

    def read(self, name: str, data: Data, option: str | None = None) -> Call:
        """Adds inputs: the paths in data, or their table under a name; as an option's value where one is
        named."""
        frame = frame_of(data)
        inputs = paths_of(data) if frame is None else [f"<{name}>"]
        if frame is not None:
            self.frames[f"<{name}>"] = frame
        self.arguments += [path if option is None else f"{option}={path}" for path in inputs]
        return self

    def with_targets(self, targets: Targets) -> Call:
        """Adds targets."""
        self.arguments += options_of(targets)
        return self

    def with_labels(self, labels: Data | None) -> Call:
        """Adds hand labels, where there are any."""
        return self if labels is None else self.read("labels", labels, "--labels")

    def with_options(self, **named: Any) -> Call:
        """Adds options."""
        self.arguments += options(named)
        return self

    def run(self, function: Callable[..., tuple[T, list[str]]], progress: Progress | None) -> T:
        """Runs the command; gives its result, and its notes as warnings."""
        result, notes = function(self.arguments, self.frames, progress)
        for note in notes:
            warnings.warn(note.removeprefix("note: "), FramescopeWarning, stacklevel=_depth_of_caller())
        return result

    def table(self, progress: Progress | None = None) -> Table:
        """Runs the command; gives the table that it writes."""
        return Table(self.run(partial(_core.written_table, texts=TEXTS), progress))

    def answer(self, progress: Progress | None = None) -> str:
        """Runs the command; gives what it writes."""
        return self.run(_core.run, progress)
