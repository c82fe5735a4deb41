"""A province brings in new keys, uses them when the others have them, and revokes what was stolen."""

import json
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebridge.cli import main
from chassis.key_files import create_keys
from chassis.keyring import Keyring, Verified, load_keyring
from schemas.ids import Province
from tests.chassis.test_keyring import LETTER, MAILBOX

HERE, THERE = Province("44"), Province("51")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Keys of both lie in their own folders, and each has the public ones of the other."""
    for name, province in (("here", HERE), ("there", THERE)):
        create_keys(tmp_path / name, [province])
    shutil.copy(tmp_path / "here" / "44.public.json", tmp_path / "there")
    shutil.copy(tmp_path / "there" / "51.public.json", tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def there(here: Path) -> Path:
    return here.parent / "there"


def typed(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def give(here: Path, there: Path) -> None:
    """The public file goes there, and the digits by phone."""
    file = here.parent / "given.json"
    digits = typed("keys", "export", HERE, "--keys", here, "--to", file).output.rpartition(": ")[2]
    typed("keys", "import", file, "--keys", there, "--fingerprint", digits)


def believed(letter_of: Keyring, there: Path) -> bool:
    letter = letter_of.sign_letter(LETTER, MAILBOX, HERE)
    return isinstance(load_keyring(there, [THERE]).verify_letter(letter, MAILBOX), Verified)


def test_a_new_key_is_used_only_when_it_is_said(here: Path, there: Path) -> None:
    before = load_keyring(here, [HERE])
    old = before.signing_key_of(HERE)
    made = typed("keys", "rotate", HERE, "--keys", here).output
    waiting = load_keyring(here, [HERE])

    assert waiting.signing_key_of(HERE) == old
    assert waiting.own[HERE].signing[-1].id in made
    assert typed("keys", "rotate", HERE, "--keys", here).output == made

    give(here, there)
    typed("keys", "rotate", HERE, "--keys", here, "--use")
    after = load_keyring(here, [HERE])
    assert after.signing_key_of(HERE) == waiting.own[HERE].signing[-1].id
    assert believed(after, there)
    assert believed(before, there)


def test_who_has_the_new_letter_key_seals_for_it_and_we_ourselves_wait(here: Path, there: Path) -> None:
    old = load_keyring(here, [HERE])
    early = load_keyring(there, [THERE]).seal_for(HERE, "向某", b"case-1")
    typed("keys", "rotate", HERE, "--keys", here)
    give(here, there)
    late = load_keyring(there, [THERE]).seal_for(HERE, "向某", b"case-1")
    waiting = load_keyring(here, [HERE])
    own = waiting.seal_for(HERE, "向某", b"case-1")

    assert late.key_id == waiting.own[HERE].letters[-1].id
    # A process that was not started again yet has to open it.
    assert old.open_letter(own, HERE, b"case-1") == "向某"
    assert [waiting.open_letter(box, HERE, b"case-1") for box in (early, late)] == ["向某", "向某"]
    typed("keys", "rotate", HERE, "--keys", here, "--use")
    used = load_keyring(here, [HERE])
    assert used.seal_for(HERE, "向某", b"case-1").key_id == late.key_id
    assert used.open_letter(early, HERE, b"case-1") == "向某"


def test_keys_of_cases_are_wrapped_with_a_new_key_once_it_is_used(here: Path) -> None:
    old = load_keyring(here, [HERE])
    typed("keys", "rotate", HERE, "--keys", here, "--kind", "wrapping")
    typed("keys", "rotate", HERE, "--keys", here, "--use")
    new = load_keyring(here, [HERE])
    key = old.new_case_key(HERE)

    assert new.wrap_case_key(key, HERE).key_id != old.wrap_case_key(key, HERE).key_id
    assert new.unwrap_case_key(key.id, old.wrap_case_key(key, HERE), HERE) == key


def test_a_retired_key_is_good_for_what_was_signed_before(here: Path, there: Path) -> None:
    before = load_keyring(here, [HERE])
    old = before.signing_key_of(HERE)
    typed("keys", "rotate", HERE, "--keys", here)
    typed("keys", "rotate", HERE, "--keys", here, "--use")
    for until, good in (("2026-03-01T17:30:00+08:00", True), ("2026-03-01T17:29:59+08:00", False)):
        typed("keys", "retire", HERE, old, "--keys", here, "--until", until)
        give(here, there)
        assert believed(before, there) is good


def test_a_stolen_key_is_replaced_at_once_and_believed_no_more(here: Path, there: Path) -> None:
    before = load_keyring(here, [HERE])
    typed("keys", "rotate", HERE, "--keys", here)
    typed("keys", "revoke", HERE, before.signing_key_of(HERE), "--keys", here)
    give(here, there)

    after = load_keyring(here, [HERE])
    assert after.signing_key_of(HERE) != before.signing_key_of(HERE)
    assert believed(after, there)
    assert not believed(before, there)


def test_a_key_since_whose_theft_others_count_receipts_is_marked_with_the_moment(here: Path) -> None:
    old = load_keyring(here, [HERE]).own[HERE].letters[-1].id
    typed("keys", "rotate", HERE, "--keys", here)
    typed("keys", "revoke", HERE, old, "--keys", here, "--since", "2026-03-01T17:30:00+08:00")

    kept = {key["id"]: key for key in json.loads((here / "44.public.json").read_text())["letters"]}
    assert kept[old]["revoked_at"].startswith("2026-03-01T")
    assert kept[old]["revoked"] is False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rotate", "44", "--use"), "no key that waits"),
        (("revoke", "44", "44-s-nobody"), "expected a key of 44"),
        (("revoke", "44", "IN USE"), "a key that takes its place"),
        (("retire", "44", "IN USE"), "another key in its place"),
        (("rotate", "33"), "the private keys of 33"),
    ],
)
def test_what_would_leave_a_province_without_a_key_is_refused(
    here: Path, words: tuple[str, ...], said: str
) -> None:
    in_use = load_keyring(here, [HERE]).signing_key_of(HERE)
    files = {file.name: file.read_bytes() for file in here.iterdir()}
    named = [in_use if word == "IN USE" else word for word in words]
    result = CliRunner().invoke(main, ["keys", *named, "--keys", str(here)])

    assert result.exit_code == 1
    assert said in result.output
    assert {file.name: file.read_bytes() for file in here.iterdir()} == files


def test_a_key_that_waits_cannot_be_revoked_in_place_of_the_one_in_use(here: Path) -> None:
    typed("keys", "rotate", HERE, "--keys", here)
    waiting = load_keyring(here, [HERE]).own[HERE].signing[-1].id
    result = CliRunner().invoke(main, ["keys", "revoke", HERE, waiting, "--keys", str(here)])

    assert "which waits" in result.output


def test_a_private_file_that_a_group_reads_stays_so(here: Path) -> None:
    (here / "44.private.json").chmod(0o640)
    typed("keys", "rotate", HERE, "--keys", here)

    assert stat.S_IMODE((here / "44.private.json").stat().st_mode) == 0o640
