"""No jar runs that is not the one that was pinned."""

import hashlib
import shutil
from pathlib import Path, PurePosixPath

import pytest

from chassis.embedded import kafka_jars
from chassis.embedded.kafka_jars import (
    JarRefused,
    PinnedJar,
    jars_from_cache,
    jars_from_folder,
    pinned_jars,
    verified,
)
from chassis.embedded.progress import silent


def test_the_pins_name_kafka_and_each_jar_once() -> None:
    names = [pin.path.name for pin in pinned_jars()]
    assert "kafka_2.13-4.3.0.jar" in names
    assert len(names) == len(set(names))


def test_a_jar_with_another_sum_is_refused_by_file_found_and_expected(tmp_path: Path) -> None:
    jar = tmp_path / "kafka-clients-4.3.0.jar"
    jar.write_bytes(b"something else")
    found = hashlib.sha256(b"something else").hexdigest()
    pin = PinnedJar(PurePosixPath("org/apache/kafka/kafka-clients-4.3.0.jar"), "ab" * 32)
    with pytest.raises(JarRefused) as refusal:
        verified(jar, pin)
    assert all(said in str(refusal.value) for said in (str(jar), found, "ab" * 32))


def test_a_plain_folder_of_jars_will_do(tmp_path: Path, jars: tuple[Path, ...]) -> None:
    folder = _copied(jars, tmp_path / "罐 jars")
    assert sorted(jar.name for jar in jars_from_folder(folder)) == sorted(jar.name for jar in jars)
    assert {jar.parent for jar in jars_from_folder(folder)} == {folder}


def test_a_copied_maven_repository_will_do(tmp_path: Path, jars: tuple[Path, ...]) -> None:
    repository = _repository(jars, tmp_path)
    assert list(jars_from_folder(repository)) == [repository / pin.path for pin in pinned_jars()]


def test_one_bad_jar_in_the_folder_is_refused(tmp_path: Path, jars: tuple[Path, ...]) -> None:
    folder = _copied(jars, tmp_path / "jars")
    with (folder / "kafka_2.13-4.3.0.jar").open("ab") as jar:
        jar.write(b"!")
    with pytest.raises(JarRefused, match=r"kafka_2\.13-4\.3\.0\.jar is not the jar that was pinned"):
        jars_from_folder(folder)


def test_a_missing_jar_is_named(tmp_path: Path) -> None:
    with pytest.raises(JarRefused, match=r"\.jar is not in .*, nor is at/yawk"):
        jars_from_folder(tmp_path)


def test_a_full_cache_needs_no_network(
    tmp_path: Path, jars: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("M2_REPO", str(_repository(jars, tmp_path)))
    said: list[str] = []
    assert len(jars_from_cache(tmp_path / "own", said.append)) == len(jars)
    assert said == []


def test_our_own_cache_serves_where_the_home_is_closed(
    tmp_path: Path, jars: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("not a folder")
    monkeypatch.setenv("M2_REPO", str(tmp_path / "home" / "repository"))
    own = _repository(jars, tmp_path)
    assert jars_from_cache(own, silent) == tuple(own / pin.path for pin in pinned_jars())


def test_a_download_that_fails_leaves_nothing_and_names_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "repository"
    monkeypatch.setenv("M2_REPO", str(cache))
    (tmp_path / "no-such.sha256").write_text(f"{'0' * 64}  org/example/nothing/1.0/nothing-1.0.jar\n")
    monkeypatch.setattr(kafka_jars, "PINS", tmp_path / "no-such.sha256")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(JarRefused, match=r"nothing-1\.0\.jar could not be fetched.*CASEBRIDGE_KAFKA_JARS"):
        jars_from_cache(tmp_path / "own", silent)
    assert list(cache.rglob("*")) == []


def _copied(jars: tuple[Path, ...], folder: Path) -> Path:
    folder.mkdir()
    for jar in jars:
        shutil.copy(jar, folder)
    return folder


def _repository(jars: tuple[Path, ...], folder: Path) -> Path:
    by_name = {jar.name: jar for jar in jars}
    for pin in pinned_jars():
        place = folder / "repository" / pin.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(by_name[pin.path.name])
    return folder / "repository"
