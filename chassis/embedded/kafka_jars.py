"""Brings Kafka's jars and vouches for each: its SHA-256 sum is the one committed in `kafka_jars.sha256`."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from chassis.embedded.progress import Progress

PINS = Path(__file__).with_name("kafka_jars.sha256")
_ATTEMPTS = 3
_DOWNLOADS_AT_ONCE = 6


class JarRefused(RuntimeError):
    """A jar is missing, or is not the one that was pinned."""


@dataclass(frozen=True)
class PinnedJar:
    """`path` is the jar's place in a Maven repository: group/artifact/version/file."""

    path: PurePosixPath
    sha256: str


def pinned_jars() -> list[PinnedJar]:
    lines = (line.split() for line in PINS.read_text("ascii").splitlines() if not line.startswith("#"))
    return [PinnedJar(PurePosixPath(path), sha256) for sha256, path in lines]


def jars_from_folder(folder: Path) -> tuple[Path, ...]:
    """For closed networks: a plain folder of jars, or a copy of a Maven repository.

    Raises JarRefused, which names the jar, the sum found and the sum expected.
    """
    found = []
    for pin in pinned_jars():
        places = (folder / pin.path.name, folder / pin.path)
        jar = next((place for place in places if _is_there(place)), None)
        if jar is None:
            raise JarRefused(f"{pin.path.name} is not in {folder}, nor is {pin.path}")
        found.append(verified(jar, pin))
    return tuple(found)


def jars_from_cache(own_cache: Path, progress: Progress) -> tuple[Path, ...]:
    """From the user's Maven repository, which other checkouts share, after fetching what it lacks.

    `own_cache` takes its place where the user has no home to write to.
    """
    # Slow to import, and not needed when Kafka runs elsewhere.
    from jgo.config import GlobalSettings

    places = (Path(GlobalSettings.load().repo_cache), own_cache)
    pins = pinned_jars()
    found = {pin: _present(pin, places) for pin in pins}
    missing = [pin for pin, jar in found.items() if jar is None]
    if missing:
        fetched = _fetch(missing, _first_writable(places), progress)
        found.update(zip(missing, fetched, strict=True))
    return tuple(verified(jar, pin) for pin, jar in found.items() if jar is not None)


def verified(jar: Path, pin: PinnedJar) -> Path:
    with jar.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 != pin.sha256:
        raise JarRefused(
            f"{jar} is not the jar that was pinned: found SHA-256 {sha256}, expected {pin.sha256}."
            " Delete it and start again; if it comes back, do not trust where it is fetched from"
        )
    return jar


def _present(pin: PinnedJar, places: Sequence[Path]) -> Path | None:
    return next((place / pin.path for place in places if _is_there(place / pin.path)), None)


def _is_there(jar: Path) -> bool:
    """False, and not an error as with `Path.exists`, below a home that is closed to us."""
    return os.path.isfile(jar)


def _first_writable(places: Sequence[Path]) -> Path:
    for place in places:
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(place, os.W_OK):
            return place
    raise JarRefused(f"no folder to keep Kafka's jars in: {' and '.join(map(str, places))} are not writable")


def _fetch(missing: list[PinnedJar], cache: Path, progress: Progress) -> list[Path]:
    """Into a folder of its own first: a download that is cut short must not pass for a jar of the cache."""
    progress(f"Kafka: fetching {len(missing)} jars into {cache}")
    done = 0

    def fetch_one(pin: PinnedJar) -> Path:
        nonlocal done
        jar = verified(_download(pin, Path(staging)), pin)
        target = cache / pin.path
        target.parent.mkdir(parents=True, exist_ok=True)
        jar.replace(target)
        done += 1
        progress(f"Kafka: {done} of {len(missing)} jars, {pin.path.name}")
        return target

    with (
        tempfile.TemporaryDirectory(prefix=".casebridge-", dir=cache) as staging,
        ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as downloads,
    ):
        return list(downloads.map(fetch_one, missing))


def _download(pin: PinnedJar, staging: Path) -> Path:
    """jgo knows the public repository, and the mirrors that the user named in its settings."""
    from jgo.config import GlobalSettings
    from jgo.maven import MavenContext

    public = MavenContext().remote_repos
    context = MavenContext(
        repo_cache=staging, remote_repos={**public, **GlobalSettings.load().repositories}, timeout=30
    )
    *group, artifact, version, _ = pin.path.parts
    wanted = context.project(".".join(group), artifact).at_version(version).artifact()
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return Path(wanted.resolve())
        except (OSError, RuntimeError) as failure:
            if attempt == _ATTEMPTS:
                raise JarRefused(
                    f"{pin.path.name} could not be fetched: {failure}. On a closed network, put Kafka's jars"
                    " into a folder and name it in CASEBRIDGE_KAFKA_JARS"
                ) from failure
            (staging / pin.path).unlink(missing_ok=True)
    raise AssertionError("the loop returns or raises")
