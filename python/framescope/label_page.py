"""The page on which sentences are labelled."""

from __future__ import annotations

import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

from ._core import FramescopeError
from .calls import Path, Targets, options
from .tables import Data, frame_of, paths_of
from .targets import options_of


class LabelPage:
    """A page that is being served on this machine, until it is closed. Labels stand in its file at once."""

    def __init__(self, arguments: list[str]) -> None:
        typed = [sys.executable, "-m", "framescope", "label", *arguments]
        self._process = subprocess.Popen(typed, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.said: list[str] = []
        """The lines that the command has said so far."""
        for line in self._process.stderr or ():
            self.said.append(line.rstrip())
            if line.startswith("End with"):
                break
        else:
            self._process.communicate()
            raise FramescopeError("\n".join(self.said).removeprefix("error: "))
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        self.said += [line.rstrip() for line in self._process.stderr or ()]

    @property
    def links(self) -> list[str]:
        """The addresses of the page, one for each coder."""
        return [word for line in self.said for word in line.split() if word.startswith("http://")]

    def close(self) -> None:
        """Stop serving."""
        self._process.terminate()
        self._process.wait()
        self._listener.join()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def __enter__(self) -> LabelPage:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: Any, __: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<framescope.LabelPage: {', '.join(self.links)}>"


def label(
    articles: Data, targets: Targets, *, out: Path, open: bool = True, **named: Any
) -> LabelPage:
    """Serve a page on which sentences of the articles are labelled, and open it in the browser.

    Labels go to the file ``out``, which ``Report(…, labels=out)`` takes. ``articles`` are paths, which are read
    again when labelling goes on another day. Other options are the command's, such as ``coder="Ann"``.
    """
    if frame_of(articles) is not None:
        raise TypeError("label() reads files: write the data frame to one, and give its path")
    arguments = [*paths_of(articles), *options_of(targets), *options({"out": out, "open": open, **named})]
    return LabelPage(arguments)
