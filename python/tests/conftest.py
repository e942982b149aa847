"""What the tests share: the articles and labels of the repository, and the command."""

from __future__ import annotations

import contextlib
import io
import os
import re
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


def run_cells(page: str, section: str = "") -> int:
    """Runs the Python cells of a page of the manual, or of a section of it, and holds what they print to what
    the page shows; gives the number of cells."""
    text = (ROOT / "docs/src" / page).read_text()
    text = text[text.index(f"\n## {section}") :].partition("\n## ")[2] if section else text
    text = text.partition("\n## ")[0] if section else text
    names: dict[str, object] = {}
    printed, n_cells = "", 0
    for kind, cell in re.findall(r"^```(python|output)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if kind == "output":
            assert printed.strip() == cell.strip()
            continue
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(cell, page, "exec"), names)
        printed, n_cells = out.getvalue(), n_cells + 1
    return n_cells


@pytest.fixture(scope="session")
def table() -> framescope.Table:
    """The demo articles, classified."""
    return framescope.classify(ARTICLES, [TARGET])
