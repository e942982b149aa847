"""The pages of the manual are notebooks that run from top to bottom."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, run_cells


def test_the_page_runs_and_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    # Jupytext would make cells of shell blocks, which compile the package anew.
    assert "```sh\n" not in (ROOT / "docs/src/python.md").read_text()
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MPLBACKEND", "agg")
    assert run_cells("python.md") > 5
    assert (ROOT / "target/python-page.svg").read_text().count("<path") > 15


def test_a_corpus_is_counted_by_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dask")
    monkeypatch.chdir(ROOT)
    assert run_cells("clusters.md", "Dask, Ray, or a loop") == 1


@pytest.mark.parametrize("section", ["Files", "Without files"])
def test_the_page_runs_in_r(section: str, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is missing")
    has = subprocess.run(["Rscript", "-e", "library(reticulate)"], capture_output=True, check=False)
    if section == "Without files" and has.returncode:
        pytest.skip("R's reticulate is missing")
    text = (ROOT / "docs/src/r.md").read_text()
    page = text if section == "Without files" else text.partition("\n## Without files")[0]
    script = tmp_path / "page.R"
    script.write_text("\n".join(re.findall(r"^```r\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)))
    folder = Path(os.environ.get("FRAMESCOPE", sys.executable)).parent
    paths = {"PATH": f"{folder}:{os.environ['PATH']}", "RETICULATE_PYTHON": sys.executable}
    ran = subprocess.run(
        ["Rscript", "--vanilla", script], cwd=ROOT, env={**os.environ, **paths}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    printed = re.sub(r"\s+", " ", ran.stdout)
    shown = re.findall(r"^```output\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    for output in shown:
        assert re.sub(r"\s+", " ", output).strip() in printed
    assert len(shown) == (1 if section == "Files" else 2)
