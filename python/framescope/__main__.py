"""The command ``framescope``, as ``python -m framescope``."""

import sys

from ._core import command


def main() -> int:
    """Run the command with this program's arguments; give 0 where all went well, else 1."""
    return 0 if command(["framescope", *sys.argv[1:]]) else 1


if __name__ == "__main__":
    sys.exit(main())
