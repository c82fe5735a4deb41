"""Kafka's classes as Java has read and checked them: a broker that finds them there starts in half the time.

An archive belongs to one Java and one class path. Java itself looks whether it fits, and does without if not.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from chassis.embedded.java import version_of

_WRITES_CACHES = 25
"""From this version on Java can write a cache when it ends (JEP 514); before, an archive (JEP 350)."""


def archive_of(java: Path, jars: Sequence[Path], environment: Mapping[str, str]) -> Path:
    """Where it is, or would be: in the user's cache, under a name that no other Java or class path has."""
    cache = environment.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    seen = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in (java.resolve(), *jars)]
    return Path(cache, "casebridge", f"kafka-{hashlib.sha256(repr(seen).encode()).hexdigest()[:16]}.classes")


def reading(java: Path, jars: Sequence[Path], environment: Mapping[str, str]) -> list[str]:
    """Java's options to take classes from the archive; none where there is no archive."""
    archive = archive_of(java, jars, environment)
    # False, and not an error as with `Path.exists`, below a home that is closed to us.
    if not os.path.isfile(archive):
        return []
    return [f"-XX:{'AOTCache' if _caches(java) else 'SharedArchiveFile'}={archive}"]


def writing(java: Path, archive: Path) -> list[str]:
    """Java's options to write one when it ends."""
    return [f"-XX:{'AOTCacheOutput' if _caches(java) else 'ArchiveClassesAtExit'}={archive}"]


def _caches(java: Path) -> bool:
    return version_of(java) >= _WRITES_CACHES
