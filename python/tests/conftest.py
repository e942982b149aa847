"""What the tests share: the articles and labels of the repository, and the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import framescope

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "tests/articles/tidal-barrier.csv"
LABELS = ROOT / "tests/labels/tidal-barrier.csv"
TARGET = framescope.Target("tidal barrier", aliases=["the barrier", "the scheme", "the gates"])
TYPED = ["--target", "tidal barrier", "--alias", "the barrier", "--alias", "the scheme", "--alias", "the gates"]


def command(*arguments: str | Path) -> str:
    """What the command writes: the one that FRAMESCOPE names, else that of the package."""
    named = os.environ.get("FRAMESCOPE")
    program = [named] if named else [sys.executable, "-m", "framescope"]
    typed = [*program, *map(str, arguments)]
    return subprocess.run(typed, check=True, capture_output=True, text=True, cwd=ROOT).stdout


@pytest.fixture(scope="session")
def table() -> framescope.Table:
    """The demo articles, classified."""
    return framescope.classify(ARTICLES, [TARGET])
