"""On a Spark cluster: articles in a Spark data frame, sentences in another, or the report on all of them.

Needs PySpark 4 with pyarrow, and this package on every executor. The data frame must give the same rows in the
same order whenever it is computed, as files do; persist or write what comes of a join or a sample first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow
from pyspark.sql import functions

from . import _core
from .calls import Call, Path, Targets
from .corpus_batches import Batches
from .parts import merge, merge_states
from .reports import Report
from .tables import Data, Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ROW = "_framescope_row"
PART = "_framescope_part"
TEXTS = "_framescope_texts"

FAN = 8
"""How many states are merged together."""

PARTITION_BITS = 33
"""Spark numbers rows within a partition in that many bits, and partitions above."""

Rows = Iterator[pyarrow.RecordBatch]


def classify(
    df: DataFrame,
    targets: Targets = (),
    *,
    together: str | None = None,
    everywhere: bool = False,
    **options: Any,
) -> DataFrame:
    """Classify every sentence of the articles: a data frame with the columns of ``framescope classify``.

    Text that several outlets print, and the one stance of a quote, are looked for among articles that are read
    together: the same that the command reads together, in the order of ``df``, so that the rows are the
    command's; or those with one value in the column ``together``, such as a day or an event. With
    ``everywhere`` shared text is looked for in the whole corpus. All other options are those of
    ``framescope.classify``. Articles need ids; the same article of an outlet is read once.
    """
    call = Call("classify").with_targets(targets)
    work = _Work(df, call.arguments, options)
    found = work.parts(together, everywhere).mapInArrow(work.classified, work.sentence_schema())
    return found


def report(
    df: DataFrame,
    targets: Targets = (),
    *,
    together: str | None = None,
    everywhere: bool = False,
    labels: Data | None = None,
    model: Path | None = None,
    reader: str | None = None,
    frame_model: Path | None = None,
    seed: int = 1,
    **options: Any,
) -> Report:
    """Report on the articles: every executor counts its part, and the parts are merged as a tree.

    ``together`` and ``everywhere`` are those of ``classify``, and ``options`` say which articles are read, and
    how. ``model``, ``frame_model`` and ``labels`` that are paths must be there on every executor.
    """
    call = Call("classify").with_targets(targets)
    work = _Work(df, call.arguments, {"model": model, "reader": reader, **options})
    counting = Call("report").with_targets(targets)
    counting.with_options(model=model, reader=reader, frame_model=frame_model, seed=seed)
    count = _counted(work, counting.arguments, _shipped(labels))
    states = work.parts(together, everywhere).mapInArrow(count, "state binary")
    n = int(df.sparkSession.conf.get("spark.sql.shuffle.partitions") or 1)
    while n > FAN:
        n = -(-n // FAN)
        states = states.repartition(n).mapInArrow(_merged, "state binary")
    found = [bytes(row.state) for row in states.collect()]
    if not found:
        raise _core.FramescopeError("no sentences: no article is left")
    return merge(found, model=model, reader=reader)


class _Work:
    """What is done to the articles of a data frame. Goes to the executors without the data frame."""

    def __init__(self, df: DataFrame, arguments: list[str], options: dict[str, Any]) -> None:
        self._df = df
        self._arguments = arguments
        self._options = options
        self._n_threads = df.sparkSession.conf.get("spark.task.cpus", "1") or "1"
        self._check_ids()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_df": None}

    def parts(self, together: str | None, everywhere: bool) -> DataFrame:
        """The rows of articles that are read, in parts, each within one partition and in order."""
        rows = self._df.withColumn(ROW, functions.monotonically_increasing_id())
        known = rows.mapInArrow(self._surveyed, "row long, bytes long, duplicate long, selected boolean").persist()
        firsts = self._firsts(known)
        dropped = known.join(firsts.where("selected"), "row", "left_anti").select(functions.col("row").alias(ROW))
        rows = rows.join(functions.broadcast(dropped), ROW, "left_anti")
        if together is None:
            batches = Batches(PARTITION_BITS)
            for batch in firsts.select("row", "bytes").orderBy("row").toArrow().to_batches():
                batches.add(batch.column(0).to_pylist(), batch.column(1).to_pylist())
            rows = _in_batches(rows, batches)
        else:
            rows = rows.withColumn(PART, functions.col(together).cast("string"))
        if everywhere:
            rows = rows.unionByName(self._shared_texts(_laid_out(rows)), allowMissingColumns=True)
        return _laid_out(rows)

    def _firsts(self, known: DataFrame) -> DataFrame:
        """The articles without those that stood in the same outlet before."""
        articles = known.where("bytes is not null")
        if self._options.get("keep_duplicates"):
            return articles
        alone = functions.when(functions.col("duplicate").isNull(), functions.col("row"))
        return articles.groupBy("duplicate", alone.alias("alone")).agg(
            functions.min_by("bytes", "row").alias("bytes"),
            functions.min_by("selected", "row").alias("selected"),
            functions.min("row").alias("row"),
        )

    def _shared_texts(self, rows: DataFrame) -> DataFrame:
        """For each part a row with the texts in it that several outlets hold, and these outlets."""
        keys = rows.mapInArrow(self._keys, f"{PART} string, outlet string, quoted long, hash long")
        keys = keys.persist()
        holders = keys.groupBy("quoted", "hash").agg(functions.collect_set("outlet").alias("outlets"))
        several = holders.where(functions.size("outlets") > 1)
        held = keys.select(PART, "quoted", "hash").distinct().join(several, ["quoted", "hash"])
        texts = functions.collect_list(functions.struct("quoted", "hash", "outlets"))
        return held.groupBy(PART).agg(texts.alias(TEXTS)).withColumn(ROW, functions.lit(-1).cast("long"))

    def sentence_schema(self) -> str:
        """The columns of the sentence table as Spark writes them."""
        options = {name: self._options.get(name) for name in ("model", "reader")}
        call = self._call([{"id": "a", "outlet": "b", "text": "Nobody knew."}], any_language=True, **options)
        table = Table(_silently(_core.classify, call))
        kinds = {"text": "string", "whole": "long", "share": "double"}
        columns = zip(table.column_names, table._table.kinds, strict=True)
        return ", ".join(f"`{name}` {kinds[kind]}" for name, kind in columns)

    def _call(self, articles: Data, **options: Any) -> Call:
        call = Call(self._arguments[0])
        call.arguments += self._arguments[1:]
        return call.read("articles", articles).with_options(**options)

    def _take_cores(self) -> None:
        """Has a task on an executor use as many cores as Spark gives it."""
        os.environ.setdefault("RAYON_NUM_THREADS", self._n_threads)

    def _check_ids(self) -> None:
        names = self._df.columns
        options = {"column": self._options.get("column"), "any_language": True}
        found = _silently(_core.survey, self._call([{name: name for name in names}], **options))
        if found[0][0] not in names:
            raise _core.FramescopeError(
                f"no column of ids, found {', '.join(f'`{name}`' for name in names)}; rows on a cluster have no "
                'numbers that last: name the column with the articles\' ids with column={"id": …}'
            )

    def _surveyed(self, batches: Rows) -> Rows:
        column = {**(self._options.get("column") or {}), "id": ROW}
        options = {**self._options, "column": column, "keep_duplicates": True}
        options = {name: value for name, value in options.items() if name not in ("model", "reader")}
        self._take_cores()
        for batch in batches:
            call = self._call(pyarrow.Table.from_batches([batch]), **options)
            found = _silently(_core.survey, call) if batch.num_rows else []
            known = {int(row): rest for row, *rest in found}
            rows = batch.column(ROW).to_pylist()
            cells = [(row, *known.get(row, (None, None, False))) for row in rows]
            names = ("row", "bytes", "duplicate", "selected")
            yield _batch(names, (pyarrow.int64(), pyarrow.int64(), pyarrow.int64(), pyarrow.bool_()), cells)

    def _keys(self, batches: Rows) -> Rows:
        options = {"column": self._options.get("column"), "any_language": True, "keep_duplicates": True}
        self._take_cores()
        for part, articles, _ in _groups(batches):
            keys = pyarrow.table(Table(_silently(_core.text_keys, self._call(articles, **options))))
            parts = pyarrow.array([part] * keys.num_rows, pyarrow.string())
            yield from keys.add_column(0, PART, parts).combine_chunks().to_batches()

    def tables(self, batches: Rows) -> Iterator[Table]:
        """The sentence tables of parts."""
        self._take_cores()
        selecting = ("outlet", "from_", "from", "to", "where")
        options = {name: value for name, value in self._options.items() if name not in selecting}
        # Who is selected, and read but once, is known by now.
        options |= {"any_language": True, "keep_duplicates": True}
        for _, articles, texts in _groups(batches):
            call = self._call(articles, **options)
            table = Table(_silently(_core.classify, call, None, texts))
            if len(table):
                yield table

    def classified(self, batches: Rows) -> Rows:
        """The rows of sentence tables."""
        for table in self.tables(batches):
            yield from pyarrow.table(table).to_batches()


def _counted(work: _Work, arguments: list[str], labels: Data | None) -> Callable[[Rows], Rows]:
    def count(batches: Rows) -> Rows:
        states: list[bytes] = []
        for table in work.tables(batches):
            call = Call(arguments[0])
            call.arguments += arguments[1:]
            call.read("sentences", table).with_labels(labels)
            states.append(_silently(_core.partial, call))
            if len(states) == FAN:
                states = [merge_states(states)]
        yield from _state(states)

    return count


def _merged(batches: Rows) -> Rows:
    yield from _state([state for batch in batches for state in batch.column(0).to_pylist()])


def _state(states: list[bytes]) -> Rows:
    if states:
        yield _batch(("state",), (pyarrow.binary(),), [(merge_states(states),)])


def _silently(function: Callable[..., tuple[Any, list[str]]], call: Call, *more: Any) -> Any:
    """Runs a call without its notes, of which each part would give its own."""
    return function(call.arguments, call.frames, *more)[0]


def _shipped(labels: Data | None) -> Data | None:
    """Labels in a form that goes to the executors."""
    if labels is None or isinstance(labels, (str, os.PathLike, list)):
        return labels
    return pyarrow.table(labels)


def _in_batches(rows: DataFrame, batches: Batches) -> DataFrame:
    """Rows with the number of their batch."""
    partition, lowest, highest = (f"{PART}_{name}" for name in ("partition", "lowest", "highest"))
    schema = f"{partition} long, {lowest} long, {highest} long, {PART} long"
    ranges = rows.sparkSession.createDataFrame(batches.ranges, schema)
    ranges = ranges.withColumn(PART, functions.col(PART).cast("string"))
    row = functions.col(ROW)
    is_there = functions.shiftright(row, PARTITION_BITS) == functions.col(partition)
    is_within = is_there & row.between(functions.col(lowest), functions.col(highest))
    return rows.join(functions.broadcast(ranges), is_within).drop(partition, lowest, highest)


def _laid_out(rows: DataFrame) -> DataFrame:
    """Each part in one partition, in order."""
    return rows.repartition(PART).sortWithinPartitions(PART, ROW)


def _batch(names: Iterable[str], kinds: Iterable[Any], rows: list[tuple[Any, ...]]) -> pyarrow.RecordBatch:
    columns = [[row[at] for row in rows] for at, _ in enumerate(tuple(names))]
    arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return pyarrow.RecordBatch.from_arrays(arrays, names=list(names))


def _groups(batches: Rows) -> Iterator[tuple[Any, pyarrow.Table, list[tuple[bool, int, list[str]]] | None]]:
    """The parts among rows that are in order: their names, articles, and the texts that they share."""
    pending: list[pyarrow.RecordBatch] = []
    current: Any = None
    for batch in batches:
        names = batch.column(PART).to_pylist()
        first = 0
        for at in range(1, len(names) + 1):
            if at == len(names) or names[at] != names[first]:
                if pending and names[first] != current:
                    yield from _group(current, pending)
                    pending = []
                current = names[first]
                pending.append(batch.slice(first, at - first))
                first = at
    if pending:
        yield from _group(current, pending)


def _group(
    part: Any, batches: list[pyarrow.RecordBatch]
) -> Iterator[tuple[Any, pyarrow.Table, list[tuple[bool, int, list[str]]] | None]]:
    rows = pyarrow.Table.from_batches(batches)
    texts = None
    if TEXTS in rows.column_names:
        # The row of shared texts stands before those of articles.
        has_texts = rows.column(ROW)[0].as_py() < 0
        held = rows.column(TEXTS)[0].as_py() if has_texts else []
        texts = [(bool(text["quoted"]), text["hash"], text["outlets"]) for text in held]
        rows = rows.slice(1 if has_texts else 0).drop_columns([TEXTS])
    if rows.num_rows:
        yield part, rows.drop_columns([ROW, PART]), texts
