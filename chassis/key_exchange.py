"""Public keys that provinces give one another: a fingerprint to read out, and what an import would change."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import ClassVar

from pydantic import ValidationError
from pydantic_core import from_json

from chassis.crypto import CannotOpen, StandardSuite, Suite
from chassis.errors import ChassisError
from chassis.key_files import PublicKey, TrustedKeys, read_trusted_keys, write_keys
from schemas.ids import Province

GROUPS, DIGITS = 6, 5
"""Thirty digits, about a hundred bits: nobody makes other keys that have the same."""


@dataclass(eq=False)
class KeysNotImported(ChassisError):
    """{file} is not taken: found {found}, expected {expected}."""

    zh: ClassVar[str] = "未导入{file}：实际为{found}，应为{expected}。"
    file: Path
    found: str
    expected: str


def fingerprint(keys: TrustedKeys) -> str:
    """Six groups of five digits over all that a public file says, in whatever order and layout it says it."""
    said = [f"casebridge keys 1 {keys.province} {keys.suite}"]
    for use, listed in (("signing", keys.signing), ("letters", keys.letters)):
        said += [f"{use} {_said(key)}" for key in listed]
    number = int.from_bytes(hashlib.sha256("\n".join(said).encode()).digest(), "big")
    digits = f"{number % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}}"
    return " ".join(digits[start : start + DIGITS] for start in range(0, len(digits), DIGITS))


def _said(key: PublicKey) -> str:
    moments = (key.valid_from, key.valid_until, key.revoked_at)
    times = [time.astimezone(UTC).isoformat() if time else "-" for time in moments]
    return " ".join([key.id, key.key.hex(), *times, "revoked" if key.revoked else "good"])


def same_digits(one: str, other: str) -> bool:
    """Whether two people mean the same fingerprint, however they grouped it."""
    plain = ["".join(text.split()).replace("-", "") for text in (one, other)]
    return plain[0] == plain[1] != ""


def read_offered(file: Path, suite: Suite | None = None) -> TrustedKeys:
    """The public keys that another province gave out. Raises KeysNotImported."""
    suite = suite or StandardSuite()
    expected = "the NN.public.json of another province, as `casebridge keys export` writes it"
    try:
        raw = file.read_bytes()
        keys = TrustedKeys.model_validate_json(raw)
        if unknown := from_json(raw).keys() - TrustedKeys.model_fields.keys():
            # A private file has the same beginning, and would pass its secrets off as public keys.
            raise KeysNotImported(file, f"{', '.join(sorted(unknown))} too", expected)
        for key in keys.signing:
            suite.verify(key.key, b"", bytes(64))
        for key in keys.letters:
            suite.seal_for(key.key, b"", b"")
    except OSError as error:
        raise KeysNotImported(file, type(error).__name__, expected) from None
    except (ValidationError, ValueError, CannotOpen):
        raise KeysNotImported(file, "something else", expected) from None
    if keys.suite != suite.name:
        raise KeysNotImported(file, f"suite {keys.suite}", f"suite {suite.name}")
    return keys


def read_known(folder: Path, province: Province) -> TrustedKeys | None:
    """What is trusted of a province until now. Raises KeysRefused."""
    return read_trusted_keys(folder, StandardSuite()).get(province) if folder.exists() else None


def changes(keys: TrustedKeys, known: TrustedKeys | None) -> Sequence[str]:
    """What an import would change, a line each; none where it changes nothing."""
    found = []
    for use, new, old in (
        ("signing", keys.signing, known.signing if known else ()),
        ("letters", keys.letters, known.letters if known else ()),
    ):
        before = {key.id: key for key in old}
        for key in new:
            if key.id not in before:
                found.append(f"{use} key {key.id} is new")
            elif key.stolen_by(None) and not before[key.id].stolen_by(None):
                found.append(f"{use} key {key.id} is revoked")
            elif key != before[key.id]:
                found.append(f"{use} key {key.id} is valid at other times")
    return found


def import_keys(folder: Path, keys: TrustedKeys, file: Path) -> None:
    """Put them with the trusted ones. Raises KeysNotImported or KeysRefused.

    A key that is known is never exchanged for another under its id and never left out: letters that it
    signed must stay good. One that is no longer used is given out as retired or revoked.
    """
    trusted = read_trusted_keys(folder, StandardSuite()) if folder.exists() else {}
    check_import(folder, keys, trusted, file)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_keys(folder, keys)


def check_import(
    folder: Path, keys: TrustedKeys, trusted: Mapping[Province, TrustedKeys], file: Path
) -> None:
    """Raises KeysNotImported where it would take something from those who are trusted already."""
    if (folder / f"{keys.province}.private.json").exists():
        raise KeysNotImported(file, f"keys of {keys.province}, whose own keys are here", "another province's")
    ids = {key.id for key in (*keys.signing, *keys.letters)}
    for province, others in trusted.items():
        if province == keys.province:
            continue
        if taken := ids & {key.id for key in (*others.signing, *others.letters)}:
            raise KeysNotImported(file, f"{min(taken)}, which is a key of {province}", "ids of its own")
    known = trusted.get(keys.province)
    for new, old in ((keys.signing, known.signing), (keys.letters, known.letters)) if known else ():
        now = {key.id: key for key in new}
        for key in old:
            if key.id not in now or now[key.id].key != key.key:
                expected = f"{key.id} as it was; whoever lost his keys gives out the old ones as revoked"
                raise KeysNotImported(file, "another key or none in its place", expected)
            if _less_revoked(now[key.id], key):
                raise KeysNotImported(file, f"{key.id} as good", f"{key.id} revoked, as it was")


def _less_revoked(new: PublicKey, old: PublicKey) -> bool:
    """Whether something would be believed again that was not."""
    if new.revoked:
        return False
    later = old.revoked_at is not None and (new.revoked_at is None or new.revoked_at > old.revoked_at)
    return old.revoked or later
