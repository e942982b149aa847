"""Makes silver labels: fine-tunes a teacher, finds mentions in articles, labels them."""

import argparse
import sys
from pathlib import Path

from pairs import LABELS, Pair, macro_f1, read_pairs, write_pairs


def run_train(arguments: argparse.Namespace):
    import encoder  # here, for `mentions` does without torch

    pairs = read_pairs(arguments.pairs, labelled=True)
    base = arguments.base or encoder.base_folder()
    teacher = encoder.train(pairs, base, arguments.seed, arguments.epochs)
    teacher.save(arguments.out, base)


def run_mentions(arguments: argparse.Namespace):
    import mentions

    pairs = mentions.find(arguments.articles, arguments.train, arguments.held_out)
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
    commands = parser.add_subparsers(required=True, metavar="train | mentions | label")

    def command(name: str, run, help: str):
        command = commands.add_parser(name, help=help, description=help)
        command.set_defaults(run=run)
        command.add_argument("--out", type=Path, required=True, help="what to write")
        return command.add_argument

    add = command("train", run_train, "fine-tune a teacher on judged pairs; writes a folder")
    add("pairs", type=Path, help="CSV: id, text, target, target_start, target_end, label")
    add("--seed", type=int, default=0, help="of head, dropout and order [0]")
    add("--epochs", type=int, default=3, help="[3]")
    add("--base", type=Path, help="folder of another BERT encoder [all-MiniLM-L6-v2]")

    add = command("mentions", run_mentions, "find mentions in articles by pattern; writes pairs")
    add("articles", type=Path, help="CSV: id, text")
    add("--train", type=Path, required=True, help="judged pairs: sentences left out, names marked")
    add("--held-out", type=Path, nargs="+", default=[], help="test pairs: sentences left out")

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
