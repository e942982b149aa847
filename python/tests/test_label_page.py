"""The page on which sentences are labelled."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest
from conftest import ARTICLES, TARGET

import framescope


def test_a_page_is_served_until_it_is_closed(tmp_path: Path) -> None:
    out = tmp_path / "labels.csv"
    with framescope.label(ARTICLES, TARGET, out=out, open=False, listen="127.0.0.1:0", per_outlet=2) as page:
        assert len(page.links) == 1
        with urllib.request.urlopen(page.links[0], timeout=20) as answer:
            assert b"<html" in answer.read()
    assert out.exists()
    with pytest.raises(framescope.FramescopeError, match="labels.csv"):
        framescope.label(ARTICLES, TARGET, out=out, open=False)
    with pytest.raises(TypeError, match="reads files"):
        framescope.label([{"text": "a"}], TARGET, out=out)
