"""Ends a program when the process that started it is gone: for systems without a parent-death signal.

Run as a script with the program's process id; its standard input is a pipe that only the parent holds open.
"""

import contextlib
import os
import sys


def watch(pid: int, death_signal: int) -> None:
    sys.stdin.buffer.read()
    with contextlib.suppress(OSError):
        os.kill(pid, death_signal)


if __name__ == "__main__":
    watch(int(sys.argv[1]), int(sys.argv[2]))
