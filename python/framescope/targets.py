"""Targets: what a stance is toward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Target(NamedTuple):
    """What the stance is toward: its name, its other names, and longer names that mean something else."""

    name: str
    aliases: Sequence[str] = ()
    excluded: Sequence[str] = ()


def options_of(targets: Iterable[str | Target] | str | Target) -> list[str]:
    """The command's options for targets."""
    if isinstance(targets, (str, Target)):
        targets = [targets]
    options: list[str] = []
    for target in targets:
        if isinstance(target, str):
            target = Target(target)
        for names in (target.aliases, target.excluded):
            if isinstance(names, str):
                raise TypeError(f"expected a list of names, not {names!r}; write [{names!r}]")
        options += [f"--target={target.name}"]
        options += [f"--alias={alias}" for alias in target.aliases]
        options += [f"--not={name}" for name in target.excluded]
    return options
