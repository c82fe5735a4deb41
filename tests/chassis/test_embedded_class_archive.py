"""A broker's classes are written down once, and taken from there."""

import subprocess
from pathlib import Path

import pytest

from chassis.embedded.class_archive import archive_of, reading
from chassis.embedded.environment import inherited_environment
from chassis.embedded.java import find_java
from chassis.embedded.prepare import write_archive
from chassis.embedded.progress import silent

SHARED = "kafka.Kafka source: shared objects file"


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "my 缓存"))


def test_what_a_broker_loaded_is_taken_from_the_archive(jars: tuple[Path, ...]) -> None:
    write_archive(jars, silent)
    assert SHARED in loaded(jars)


def test_an_archive_that_is_none_harms_nobody_and_gives_nothing(jars: tuple[Path, ...]) -> None:
    environment = inherited_environment()
    archive = archive_of(find_java(environment), jars, environment)
    archive.parent.mkdir(parents=True)
    archive.write_bytes(b"no classes")
    said = loaded(jars)
    assert "kafka.Kafka source:" in said
    assert SHARED not in said


def loaded(jars: tuple[Path, ...]) -> str:
    """Every class, and where it came from. Started without a configuration, a broker ends at once."""
    environment = inherited_environment(LC_ALL="C.UTF-8")
    java = find_java(environment)
    options = ["-XX:+UseSerialGC", "-Xlog:class+load", *reading(java, jars, environment)]
    command = [str(java), *options, "-cp", ":".join(map(str, jars)), "kafka.Kafka"]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env=dict(environment)
    )
    return str(ended.stdout)
