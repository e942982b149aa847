"""The commands as functions. Every other option of a command can be given by its name, with underscores."""

from __future__ import annotations

import html
import json
from typing import Any

from . import _core
from .calls import Call, Path, Progress, Targets
from .tables import Data, Table


def classify(
    articles: Data,
    targets: Targets = (),
    *,
    model: Path | None = None,
    reader: str | None = None,
    column: dict[str, str] | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Table:
    """Classify every sentence: one row per sentence and target, as ``framescope classify`` writes them.

    ``articles`` has a row for each article; the columns ``id``, ``outlet``, ``date``, ``title``, ``text`` and
    ``url`` are found by their usual names, or named by ``column={"text": "body"}``. ``reader`` is ``"words"``
    (quick) or ``"encoder"`` (right far more often). ``progress`` is called with what is done and what there is.
    """
    call = Call("classify").read("articles", articles).with_targets(targets)
    call.with_options(model=model, reader=reader, column=column, **options)
    if options.get("unit") == "sentence":
        return call.table(progress)
    return Table(call.run(_core.classify, progress))


def sample(
    articles: Data, targets: Targets, *, per_outlet: int = 60, seed: int = 1, progress: Progress | None = None,
    **options: Any,
) -> Table:
    """Draw sentences to be labelled by hand, within each outlet and voice at random.

    Fill in the column ``label`` and give the table to ``Report(…, labels=…)``. What the labels mean and what
    width they will bring is said as warnings.
    """
    call = Call("sample").read("articles", articles).with_targets(targets)
    call.with_options(per_outlet=per_outlet, seed=seed, **options)
    return call.table(progress)


def agree(labels: Data, **options: Any) -> dict[str, Any]:
    """Measure how far coders agree (column ``coder``): percent agreement, Krippendorff's alpha, Gwet's AC1."""
    call = Call("agree").read("labels", labels).with_options(format="json", **options)
    answer: dict[str, Any] = json.loads(call.answer())
    return answer


def plan(
    articles: Data, targets: Targets, *, labels: Data | None = None, width: list[float] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Say how many hand labels bring which width of the 95 % intervals."""
    call = Call("plan").read("articles", articles).with_targets(targets).with_labels(labels)
    answer: dict[str, Any] = json.loads(call.with_options(format="json", width=width, **options).answer())
    return answer


class Explanation(dict[str, Any]):
    """What each word and feature adds to a prediction; in a notebook the sentence in colours."""

    def _repr_html_(self) -> str:
        text = str(self["text"]).encode()
        strongest = max((abs(word["adds"]) for word in self["words"]), default=0.0) or 1.0
        marks = [(*word["place"], word["adds"]) for word in self["words"]]
        marks += [(start, end, None) for start, end in self["mentions"]]
        shown, end = "", 0
        for start, stop, adds in sorted(marks, key=lambda mark: mark[:2]):
            if start < end:
                continue
            word = html.escape(text[start:stop].decode())
            shown += html.escape(text[end:start].decode())
            if adds is None:
                shown += f"<b>{word}</b>"
            else:
                colour = "230, 126, 34" if adds > 0 else "52, 120, 200"
                style = f"background: rgba({colour}, {abs(adds) / strongest:.2f})"
                shown += f'<span title="{adds:+.3f}" style="{style}">{word}</span>'
            end = stop
        shown += html.escape(text[end:].decode())
        shares = zip(self["labels"], self["probabilities"], strict=True)
        told = ", ".join(f"{html.escape(name)} {share:.3f}" for name, share in shares)
        label = html.escape(str(self["label"]))
        legend = f"orange speaks for {label}, blue against it; bold: the target"
        return f"<p>{shown}</p><p><b>{label}</b> ({told})<br><small>{legend}</small></p>"


def explain(text: str, targets: Targets = (), **options: Any) -> Explanation:
    """Explain one sentence: what each word and feature adds to its prediction."""
    call = Call("explain").with_targets(targets).with_options(format="json", **options)
    call.arguments += ["--", text]
    return Explanation(json.loads(call.answer()))
