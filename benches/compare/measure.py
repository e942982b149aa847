"""Runs a command and prints its CPU seconds, seconds on the clock and peak MiB. A process of its own,
as a process that is started counts as its peak what its starter had taken until then."""

import json
import os
import sys
import time


def main():
    silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    start = time.perf_counter()
    process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[silent])
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    print(json.dumps([usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024]))
    sys.exit(os.waitstatus_to_exitcode(status) != 0)


if __name__ == "__main__":
    main()
