"""The most sentences a second and core that the encoder can have in single precision: its matrix products alone.

    benches/compare/run single_precision

Engines without 8-bit products (candle, tract) cannot be faster than a tuned library multiplies.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import time  # noqa: E402

import numpy  # noqa: E402

LAYERS, WIDTH, INNER = 12, 768, 3072  # of all-mpnet-base-v2
SENTENCES, PIECES = 16, 40
RUNS = 20


def main():
    matrix = numpy.random.default_rng(0).random
    states = matrix((SENTENCES * PIECES, WIDTH), dtype=numpy.float32)
    attention = [matrix((WIDTH, WIDTH), dtype=numpy.float32) for _ in range(4)]
    into, back = (matrix(shape, dtype=numpy.float32) for shape in ((WIDTH, INNER), (INNER, WIDTH)))
    seconds = []
    for _ in range(RUNS):
        started = time.process_time()
        for _ in range(LAYERS):
            for weights in attention:
                states @ weights
            (states @ into) @ back
        seconds.append(time.process_time() - started)
    print(f"{SENTENCES / min(seconds):.1f} sentences of {PIECES} pieces a second and core, at most")


main()
