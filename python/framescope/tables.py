"""Tables: what comes in, and what is given back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import _core

if TYPE_CHECKING:
    import pandas
    import polars

Data = Any
"""A pandas or polars data frame, an Arrow table or reader, a list of dictionaries, or a path (or several)."""

TEXTS = [
    "article_id", "outlet", "other", "date", "part", "text", "before", "after", "title", "voice", "speaker",
    "cue", "target", "mentions", "about", "stance", "label", "coder", "note", "quote", "words", "model", "id",
]  # fmt: skip
"""Columns of the command's tables that hold texts, even where all of them look like numbers."""


class Table:
    """A table of Arrow columns, which pyarrow, pandas, polars, DuckDB and others take as it is.

    Cells where nothing stands are null. ``pyarrow.table(table)`` and ``polars.DataFrame(table)`` copy nothing.
    """

    def __init__(self, table: _core.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as Arrow's stream (the PyCapsule interface)."""
        return self._table.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The columns as Arrow's schema."""
        return self._table.__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._table)

    def __repr__(self) -> str:
        return f"<framescope.Table: {len(self)} rows; {', '.join(self.column_names)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        rows = [list(row.values()) for row in self.to_dicts()]
        return (_from_rows, (self.column_names, self._table.kinds, rows))

    def _repr_html_(self) -> str:
        return str(self.to_pandas()._repr_html_())

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in order."""
        return self._table.column_names

    def to_dicts(self) -> list[dict[str, Any]]:
        """A dictionary for each row; ``None`` where nothing stands."""
        return self._table.to_dicts()

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame. Needs pandas; by way of pyarrow where that is there, which is quicker."""
        import pandas

        try:
            import pyarrow
        except ImportError:
            return pandas.DataFrame(self.to_dicts(), columns=self.column_names)
        frame: pandas.DataFrame = pyarrow.table(self).to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame. Needs polars."""
        import polars

        return polars.DataFrame(self)


def _from_rows(names: list[str], kinds: list[str], rows: list[list[Any]]) -> Table:
    """Make a table that was pickled."""
    return Table(_core.Table.from_rows(names, kinds, rows))


def frame_of(data: Data) -> _core.Frame | None:
    """The table in some data; none where they are paths."""
    if isinstance(data, (str, os.PathLike)):
        return None
    if hasattr(data, "__arrow_c_stream__") and not _is_pandas_without_arrow(data):
        return _core.Frame.from_arrow(data)
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        return _of_rows([str(name) for name in data.columns], data.to_dict("records"))
    if isinstance(data, Mapping):
        return _of_rows([*data], [dict(zip(data, row, strict=True)) for row in zip(*data.values(), strict=True)])
    if isinstance(data, Iterable):
        rows = list(data)
        if rows and all(isinstance(row, (str, os.PathLike)) for row in rows):
            return None
        if rows and all(isinstance(row, Mapping) for row in rows):
            return _of_rows([*dict.fromkeys(str(name) for row in rows for name in row)], rows)
        if not rows:
            raise _core.FramescopeError("no articles: there is no row in it")
    raise TypeError(
        f"expected a data frame, an Arrow table or reader, a list of dictionaries or a path, found {type(data)}"
    )


def paths_of(data: Data) -> list[str]:
    """The paths in data that hold no table."""
    return [os.fspath(data)] if isinstance(data, (str, os.PathLike)) else [os.fspath(path) for path in data]


def _is_pandas_without_arrow(data: Any) -> bool:
    if type(data).__module__.partition(".")[0] != "pandas":
        return False
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return True
    return False


def _of_rows(names: list[str], rows: Iterable[Mapping[Any, Any]]) -> _core.Frame:
    return _core.Frame.from_rows(names, [[_text(row.get(name)) for name in names] for row in rows])


def _text(value: Any) -> str:
    # Missing values of pandas differ from themselves.
    return "" if value is None or value != value else str(value)
