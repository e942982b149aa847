"""Stance and framing of news by outlet: which sentences are critical, neutral or supportive toward a target.

Everything is computed by the library behind the command ``framescope``; the figures are the command's.
Data come in as a pandas or polars data frame, an Arrow table or reader, a list of dictionaries, or a path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._core import FramescopeError
from .calls import FramescopeWarning
from .commands import agree, classify, explain, plan, sample
from .parts import merge, merge_states, partial
from .reports import Report
from .tables import Table
from .targets import Target

if TYPE_CHECKING:
    from .estimator import StanceClassifier
    from .label_page import label

__all__ = [
    "FramescopeError",
    "FramescopeWarning",
    "Report",
    "StanceClassifier",
    "Table",
    "Target",
    "agree",
    "classify",
    "explain",
    "label",
    "merge",
    "merge_states",
    "partial",
    "plan",
    "sample",
]


def __getattr__(name: str) -> Any:
    # scikit-learn takes a second to import, the processes of the label page a hundredth.
    if name == "StanceClassifier":
        from .estimator import StanceClassifier

        return StanceClassifier
    if name == "label":
        from .label_page import label

        return label
    raise AttributeError(f"module 'framescope' has no attribute {name!r}")
