"""Reports: how each outlet treats a target."""

from __future__ import annotations

import html
import json
from typing import Any

from . import _core
from .calls import Call, Path, Progress, Targets
from .tables import TEXTS, Data, Table

FORMATS = ("text", "full-text", "markdown", "html", "json")
FIGURES = ("shares", "quotes", "openings", "prominence", "timeline")


class _Written:
    """A report that was pickled: all that it can be written as."""

    def __init__(self, report: _core.Report | _Written) -> None:
        self._formats = {name: report.render(name) for name in FORMATS}
        self._figures = {name: report.figures(name) for name in FIGURES}

    def render(self, format: str) -> str:
        return self._formats[format]

    def figures(self, figures: str) -> str:
        return self._figures[figures]


class Report:
    """How each outlet treats each target, as ``framescope report`` tells it.

    In a notebook it shows as the page. ``labels`` are hand labels of sentences that ``sample`` drew. Every
    other option of the command can be given by its name, such as ``reader="encoder"`` or ``frame_model=…``.
    """

    def __init__(
        self,
        articles: Data,
        targets: Targets = (),
        *,
        labels: Data | None = None,
        model: Path | None = None,
        reader: str | None = None,
        seed: int = 1,
        progress: Progress | None = None,
        **options: Any,
    ) -> None:
        call = Call("report").read("articles", articles).with_targets(targets).with_labels(labels)
        call.with_options(model=model, reader=reader, seed=seed, **options)
        self._report: _core.Report | _Written = call.run(_core.make_report, progress)

    @classmethod
    def _of(cls, report: _core.Report) -> Report:
        made = cls.__new__(cls)
        made._report = report
        return made

    def __getstate__(self) -> dict[str, Any]:
        return {"_report": _Written(self._report)}

    def _repr_html_(self) -> str:
        # Sandboxed: the page's script runs, and reaches nothing of the notebook.
        page = html.escape(self.to_html(), quote=True)
        frame = "width: 100%; height: 40rem; border: 0"
        return f'<iframe sandbox="allow-scripts" style="{frame}" title="Framescope" srcdoc="{page}"></iframe>'

    def __repr__(self) -> str:
        return self.to_text()

    def to_text(self, *, full: bool = False) -> str:
        """One screen of text; with ``full`` everything that is told in words and tables."""
        return self._report.render("full-text" if full else "text")

    def to_markdown(self) -> str:
        """Everything that is told in words and tables, for notes."""
        return self._report.render("markdown")

    def to_html(self) -> str:
        """The page, in one file that loads nothing."""
        return self._report.render("html")

    def to_json(self) -> str:
        """Every figure."""
        return self._report.render("json")

    def to_dict(self) -> dict[str, Any]:
        """Every figure, as ``to_json`` has them."""
        figures: dict[str, Any] = json.loads(self.to_json())
        return figures

    def _figures(self, name: str) -> Table:
        return Table(_core.Table.from_csv(self._report.figures(name), TEXTS))

    def shares(self) -> Table:
        """Shares of labels: a row per outlet, target, voice, relation and label."""
        return self._figures("shares")

    def quotes(self) -> Table:
        """The same words of a source in several outlets, with what each wrote around them."""
        return self._figures("quotes")

    def openings(self) -> Table:
        """Headlines and leads beside their bodies."""
        return self._figures("openings")

    def prominence(self) -> Table:
        """The sentences of the articles that name the target most, in order."""
        return self._figures("prominence")

    def timeline(self) -> Table:
        """Shares over time."""
        return self._figures("timeline")

    def speakers(self) -> Table:
        """Whom each outlet quotes on each target: a row per outlet and speaker."""
        rows = [
            [of_outlet["outlet"], target["name"], speaker["name"], speaker["sentences"],
             speaker["about"]["sentences"]]
            for target in self.to_dict()["targets"]
            for of_outlet in target["outlets"]
            for speaker in of_outlet["speakers"]["most_quoted"]
        ]  # fmt: skip
        names = ["outlet", "target", "speaker", "sentences", "sentences_about_target"]
        kinds = ["text", "text", "text", "whole", "whole"]
        return Table(_core.Table.from_rows(names, kinds, rows))

    def plot(self, target: int = 0) -> Any:
        """The shares of an outlet's own sentences that name a target, by outlet: a figure of matplotlib, or a chart
        of altair where matplotlib is missing."""
        name = self.to_dict()["targets"][target]["name"]
        rows = [row for row in self.shares().to_dicts()
                if row["target"] == name and row["voice"] == "outlet" and row["about"] == "mention"]  # fmt: skip
        try:
            import matplotlib  # noqa: F401
        except ImportError:
            return _chart(rows)
        return _figure(rows)


AXIS = "share of own sentences, as the model guesses"


def _figure(rows: list[dict[str, Any]]) -> Any:
    from matplotlib import pyplot

    outlets = list(dict.fromkeys(row["outlet"] for row in rows))
    figure, axes = pyplot.subplots()
    left = [0.0] * len(outlets)
    for name in dict.fromkeys(row["label"] for row in rows):
        widths = [next((float(row["share"] or 0) for row in rows
                        if row["outlet"] == outlet and row["label"] == name), 0.0)
                  for outlet in outlets]  # fmt: skip
        axes.barh(outlets, widths, left=left, label=name)
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_xlabel(AXIS)
    axes.legend()
    return figure


def _chart(rows: list[dict[str, Any]]) -> Any:
    import altair

    values = [{name: row[name] for name in ("outlet", "label", "share")} for row in rows]
    return altair.Chart(altair.Data(values=values)).mark_bar().encode(
        altair.X("share:Q", title=AXIS), altair.Y("outlet:N", title=None), altair.Color("label:N", title=None)
    )  # fmt: skip
