"""Becomes the program on its command line, bound to the life of the process that started it (Linux).

Runs as a script in a fresh interpreter rather than between fork and exec of the parent: the parent has
threads, and Python code in a forked copy of such a process may hang on a lock that no thread will release.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def become(parent: int, death_signal: int, program: list[str]) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    # A parent that died before the line above sends no signal any more.
    if os.getppid() != parent:
        sys.exit("the process that started this one is gone")
    # Python ignores these two, and a program inherits what is ignored.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execv(program[0], program)


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
