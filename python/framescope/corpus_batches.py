"""Which articles of a corpus the command reads together."""

from __future__ import annotations

from collections.abc import Iterable

from ._core import BATCH_ARTICLES, BATCH_BYTES


class Batches:
    """Cuts articles, in order, into the batches that the command cuts them into.

    Articles are numbered: within a partition in the lower ``bits`` of their numbers, and partitions above.
    """

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._n_articles = self._n_bytes = self._batch = 0
        self.ranges: list[tuple[int, int, int, int]] = []
        """Partition, first and last number, and batch."""

    def add(self, numbers: Iterable[int], sizes: Iterable[int]) -> None:
        """Adds articles by their numbers, which rise, and the bytes of their texts."""
        for number, size in zip(numbers, sizes, strict=True):
            if self._n_articles >= BATCH_ARTICLES or self._n_bytes >= BATCH_BYTES:
                self._n_articles = self._n_bytes = 0
                self._batch += 1
            self._n_articles += 1
            self._n_bytes += size
            partition = number >> self._bits
            if self.ranges and self.ranges[-1][0] == partition and self.ranges[-1][3] == self._batch:
                self.ranges[-1] = (partition, self.ranges[-1][1], number, self._batch)
            else:
                self.ranges.append((partition, number, number, self._batch))
