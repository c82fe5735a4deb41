"""Stops being root and becomes the program on its command line, for PostgreSQL, which refuses to run as root.

Linux only, and before `launch.py`, because a change of user clears the parent-death signal.
"""

import ctypes
import os
import sys
from pathlib import Path

_NOBODY = 65534
_CLONE_NEWUSER = 0x10000000
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_OVERRIDE = 1
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def leave_root(data: str) -> None:
    """Takes a user namespace in which root is called nobody, and its files stay root's on disk.

    Where the machine grants none (a container's seccomp profile), or where it does not reach the folder (root
    at work below another user's closed home), the process becomes nobody for good and `data` nobody's.
    """
    if _namespace_reaches(data):
        _give(data, 0)
        _enter_namespace()
    else:
        _give(data, _NOBODY)
        _become_nobody()


def _namespace_reaches(data: str) -> bool:
    """Tried in a fork, since a process cannot leave a namespace again."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    try:
        _enter_namespace()
        reached = os.access(sys.executable, os.X_OK) and os.access(Path(data).parent, os.W_OK | os.X_OK)
    except OSError:
        reached = False
    os._exit(0 if reached else 1)


def _enter_namespace() -> None:
    _check(_libc.unshare(_CLONE_NEWUSER))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{_NOBODY} 0 1")
    Path("/proc/self/gid_map").write_text(f"{_NOBODY} 0 1")


def _give(data: str, owner: int) -> None:
    """An earlier start may have gone the other way."""
    if not os.path.exists(data) or os.stat(data).st_uid == owner:
        return
    for folder, _, files in os.walk(data, topdown=False):
        for name in files:
            os.chown(os.path.join(folder, name), owner, owner, follow_symlinks=False)
        os.chown(folder, owner, owner)


def _become_nobody() -> None:
    """Keeps one power of root, to pass folders that are closed to others, such as its own home."""
    _check(_libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    one = 1 << _CAP_DAC_OVERRIDE
    # Effective, permitted and inheritable, for capabilities 0 to 31 and again for the rest.
    sets = (ctypes.c_uint32 * 6)(one, one, one, 0, 0, 0)
    # A container may have taken this power from root: then the folder has to be open to nobody.
    if _libc.capset(header, sets) == 0:
        _libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE, 0, 0)


def _check(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    leave_root(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])
