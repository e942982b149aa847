"""The page of the manual is a notebook that runs from top to bottom."""

from __future__ import annotations

import contextlib
import io
import os
import re

import pytest
from conftest import ROOT

PAGE = ROOT / "docs/src/python.md"


def test_the_page_runs_and_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    os.makedirs("target", exist_ok=True)
    names: dict[str, object] = {}
    printed, n_cells = "", 0
    for kind, cell in re.findall(r"^```(python|output)\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        if kind == "output":
            assert printed.strip() == cell.strip()
            continue
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(cell, str(PAGE), "exec"), names)
        printed, n_cells = out.getvalue(), n_cells + 1
    assert n_cells > 4
