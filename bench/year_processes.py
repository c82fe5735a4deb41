"""What processor time went where: of this process and of all that it started, from /proc."""

import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PROC = Path("/proc")


def processor_s() -> dict[str, float]:
    """Seconds by what runs: a service, the broker, the database, the people (who are this process)."""
    spent = dict[str, float]()
    if not PROC.exists():
        return spent
    stats = dict(processes())
    ours = descendants(os.getpid(), {pid: parent for pid, (parent, _) in stats.items()})
    for pid in ours:
        name = "people" if pid == os.getpid() else name_of(pid)
        spent[name] = spent.get(name, 0.0) + stats[pid][1]
    return spent


def processes() -> Iterator[tuple[int, tuple[int, float]]]:
    """Each with its parent, and what it and its ended children took."""
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            yield int(folder.name), (int(fields[1]), sum(map(int, fields[11:13])) / TICKS)


def descendants(root: int, parents: dict[int, int]) -> set[int]:
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def name_of(pid: int) -> str:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "ended"
    if service := next((word for word in words if word.startswith("services.")), None):
        return service.removeprefix("services.")
    return "kafka" if "java" in words[0] else "postgresql" if "postgres" in words[0] else "other"
