"""Two provinces give one another their public keys, and people compare what they got."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casebridge.cli import main
from chassis.key_files import create_keys
from chassis.keyring import load_keyring
from schemas.ids import Province

HERE, THERE = Province("44"), Province("51")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    create_keys(tmp_path / "here", [HERE])
    return tmp_path / "here"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    create_keys(tmp_path / "there", [THERE])
    return tmp_path / "there"


def typed(*words: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=answer)


def exported(there: Path, tmp_path: Path) -> tuple[Path, str]:
    """The file, and what is read out on the phone."""
    file = tmp_path / "given.json"
    result = typed("keys", "export", THERE, "--keys", there, "--to", file)
    assert result.exit_code == 0, result.output
    digits = re.search(r"(\d{5} ){5}\d{5}", result.output)
    assert digits is not None
    return file, digits.group()


def changed(file: Path, **said: Any) -> Path:
    """The file with its first signing key changed."""
    keys = json.loads(file.read_text())
    keys["signing"][0] |= said
    file.write_text(json.dumps(keys))
    return file


def test_keys_are_taken_when_the_digits_agree(here: Path, there: Path, tmp_path: Path) -> None:
    file, digits = exported(there, tmp_path)

    result = typed("keys", "import", file, "--keys", here, answer="y\n")

    assert result.exit_code == 0, result.output
    assert digits in result.output
    assert load_keyring(here, [HERE]).trusted[THERE] == load_keyring(there, [THERE]).trusted[THERE]
    assert f"51  {digits}" in typed("keys", "list", "--keys", here).output


def test_digits_may_be_given_however_they_are_grouped(here: Path, there: Path, tmp_path: Path) -> None:
    file, digits = exported(there, tmp_path)

    assert (
        typed("keys", "import", file, "--keys", here, "--fingerprint", digits.replace(" ", "-")).exit_code
        == 0
    )


def test_a_file_with_other_digits_is_not_taken(here: Path, there: Path, tmp_path: Path) -> None:
    _, digits = exported(there, tmp_path)
    create_keys(tmp_path / "thief", [THERE])
    stolen, _ = exported(tmp_path / "thief", tmp_path)

    result = typed("keys", "import", stolen, "--keys", here, "--fingerprint", digits)
    declined = typed("keys", "import", stolen, "--keys", here, answer="n\n")

    assert (result.exit_code, declined.exit_code) == (1, 1)
    assert "do not trust this file" in result.output
    assert THERE not in load_keyring(here, [HERE]).trusted


@pytest.mark.parametrize(
    "said",
    [
        {"revoked": True},
        {"revoked_at": "2026-01-01T00:00:00Z"},
        {"valid_until": "2026-01-01T00:00:00Z"},
        {"id": "51-s-other"},
    ],
)
def test_whatever_a_file_says_is_in_its_fingerprint(
    there: Path, tmp_path: Path, said: dict[str, Any]
) -> None:
    file, digits = exported(there, tmp_path)

    assert (
        digits
        not in typed("keys", "import", changed(file, **said), "--keys", tmp_path / "x", answer="n").output
    )


def test_a_known_key_is_neither_exchanged_nor_left_out_nor_made_good_again(
    here: Path, there: Path, tmp_path: Path
) -> None:
    file, _ = exported(there, tmp_path)
    typed("keys", "import", file, "--keys", here, answer="y\n")
    create_keys(tmp_path / "other", [THERE])
    other, _ = exported(tmp_path / "other", tmp_path)
    left_out = typed("keys", "import", other, "--keys", here, answer="y\n")
    good, _ = exported(there, tmp_path)
    revoked = typed("keys", "import", changed(good, revoked=True), "--keys", here, answer="y\n")
    again = typed("keys", "import", changed(good, revoked=False), "--keys", here, answer="y\n")
    since = changed(good, revoked_at="2026-01-01T00:00:00Z")
    later = typed("keys", "import", since, "--keys", here, answer="y\n")

    assert (left_out.exit_code, revoked.exit_code, again.exit_code, later.exit_code) == (1, 0, 1, 1)
    assert "as it was" in left_out.output
    assert "is revoked" in revoked.output


def test_a_key_under_the_id_of_anothers_is_not_taken(here: Path, there: Path, tmp_path: Path) -> None:
    own = load_keyring(here, [HERE]).signing_key_of(HERE)
    file, _ = exported(there, tmp_path)

    result = typed("keys", "import", changed(file, id=own), "--keys", here, answer="y\n")

    assert result.exit_code == 1
    assert "which is a key of 44" in result.output


def test_own_keys_are_not_imported(here: Path) -> None:
    result = typed("keys", "import", here / "44.public.json", "--keys", here, answer="y\n")

    assert result.exit_code == 1
    assert "whose own keys are here" in result.output


def test_what_is_no_public_file_is_refused_without_being_repeated(here: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")

    for file in (tmp_path / "secret", tmp_path / "nothing", here / "44.private.json"):
        result = typed("keys", "import", file, "--keys", tmp_path / "empty", answer="y\n")

        assert result.exit_code == 1
        assert "is not taken" in result.output
        assert "a secret" not in result.output
