"""A service that does not start says why in one sentence, and in no stack trace."""

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = {
    "CASEBRIDGE_PROVINCES": "44",
    "CASEBRIDGE_KAFKA": "127.0.0.1:1",
    "CASEBRIDGE_DATABASE_URL": "postgresql://casebridge@127.0.0.1:1",
}
RUN = "from chassis.runtime import run; from tests.chassis.toy import toy_service; run([toy_service])"


def started(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The toy service as a process of its own, to its end."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("CASEBRIDGE_")}
    return subprocess.run(
        [sys.executable, "-c", RUN],
        env={**kept, **settings, "CASEBRIDGE_KEYS": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_setting_that_is_missing_is_named(tmp_path: Path) -> None:
    ended = started(tmp_path)

    assert ended.returncode == 1
    assert ended.stderr.startswith("casebridge: CASEBRIDGE_KAFKA: found nothing, expected")


def test_keys_that_are_missing_are_named_with_what_makes_them(tmp_path: Path) -> None:
    ended = started(tmp_path, **SETTINGS)

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr + ended.stdout
    assert ended.stderr.splitlines() == [
        f"casebridge: {tmp_path / '44.private.json'}: found nothing, expected the private keys of 44; "
        "make them with `casebridge keys create`."
    ]
