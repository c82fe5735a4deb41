import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chassis.crypto import CannotOpen
from chassis.key_files import KeysRefused, create_keys
from chassis.keyring import RAW, Distrust, Distrusted, KeyNotHere, Keyring, Verified, load_keyring
from schemas.envelope import HEADERS, Record, Sealed
from schemas.ids import Province

GUANGDONG, SICHUAN, HUNAN = Province("44"), Province("51"), Province("43")
MAILBOX = "cn51.mailbox"
ID_NUMBER = "51072519850101123X"
LETTER = Record(
    key=b"case-1",
    value=b'{"at":"2026-03-01T09:30:00Z"}',
    headers=(
        ("ce_id", b"1"),
        ("ce_source", b"/cn44/routing"),
        ("ce_recordedtime", b"2026-03-01T09:30:00Z"),
        ("ce_destination", b"cn51.mailbox"),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_keys(tmp_path, [GUANGDONG, SICHUAN])
    return tmp_path


@pytest.fixture
def guangdong(folder: Path) -> Keyring:
    return load_keyring(folder, [GUANGDONG])


@pytest.fixture
def sichuan(folder: Path) -> Keyring:
    return load_keyring(folder, [SICHUAN])


def edit(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(file.read_bytes())
    change(content)
    file.write_text(json.dumps(content))


def with_header(letter: Record, name: str, raw: bytes) -> Record:
    return letter._replace(headers=tuple((n, raw if n == name else r) for n, r in letter.headers))


# --- Files -------------------------------------------------------------------------------------------------


def test_private_keys_are_for_their_owner_alone(folder: Path) -> None:
    assert stat.S_IMODE((folder / "44.private.json").stat().st_mode) == 0o600
    private = json.loads((folder / "44.private.json").read_bytes())
    public = (folder / "44.public.json").read_text()
    assert not any(
        key["key"] in public for keys in private.values() if isinstance(keys, list) for key in keys
    )


def test_making_keys_again_replaces_none(folder: Path) -> None:
    before = (folder / "44.private.json").read_bytes()
    (folder / "44.public.json").unlink()

    assert create_keys(folder, [GUANGDONG, HUNAN]) == [HUNAN]
    assert (folder / "44.private.json").read_bytes() == before
    assert load_keyring(folder, [GUANGDONG, HUNAN]).own.keys() == {GUANGDONG, HUNAN}


def test_a_province_served_needs_private_keys(folder: Path) -> None:
    (folder / "51.private.json").unlink()

    with pytest.raises(
        KeysRefused, match=r"51\.private\.json: found nothing, expected the private keys of 51"
    ):
        load_keyring(folder, [GUANGDONG, SICHUAN])


def test_private_keys_that_everybody_may_read_are_refused(folder: Path) -> None:
    (folder / "44.private.json").chmod(0o644)

    with pytest.raises(KeysRefused, match="everybody may read"):
        load_keyring(folder, [GUANGDONG])


@pytest.mark.parametrize(
    "change",
    [
        lambda keys: keys.pop("signing"),
        lambda keys: keys.update(province="43"),
        lambda keys: keys.update(suite="national"),
        lambda keys: keys["wrapping"][0].update(key="c2hvcnQ="),
        lambda keys: keys["signing"][0].update(key="c2hvcnQ="),
        lambda keys: keys["letters"].clear(),
    ],
)
def test_a_bad_private_file_is_refused_without_showing_a_key(
    folder: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    edit(folder / "44.private.json", change)

    with pytest.raises(KeysRefused) as refused:
        load_keyring(folder, [GUANGDONG])

    content = json.loads((folder / "44.private.json").read_bytes())
    assert "44.private.json" in str(refused.value)
    assert content["pseudonyms"][0]["key"] not in str(refused.value)


def test_a_public_file_that_others_would_distrust_stops_the_start(folder: Path) -> None:
    edit(folder / "44.public.json", lambda keys: keys["signing"][0].update(revoked=True))

    with pytest.raises(KeysRefused, match="those in use by the private file"):
        load_keyring(folder, [GUANGDONG])


def test_a_public_key_of_a_wrong_form_is_refused(folder: Path) -> None:
    edit(folder / "51.public.json", lambda keys: keys["letters"][0].update(key="c2hvcnQ="))

    with pytest.raises(KeysRefused, match=r"51\.public\.json"):
        load_keyring(folder, [GUANGDONG])


def test_keys_do_not_show_when_printed(guangdong: Keyring, folder: Path) -> None:
    key = guangdong.own[GUANGDONG].wrapping[0].key

    assert repr(key) not in repr(guangdong)
    assert repr(guangdong.new_case_key(GUANGDONG).secret) not in repr(guangdong.new_case_key(GUANGDONG))


# --- Letters -----------------------------------------------------------------------------------------------


def test_a_signed_letter_is_verified_elsewhere_as_its_signer(guangdong: Keyring, sichuan: Keyring) -> None:
    letter = guangdong.sign_letter(LETTER, MAILBOX, GUANGDONG)

    assert sichuan.verify_letter(letter, MAILBOX) == Verified(
        GUANGDONG, guangdong.own[GUANGDONG].signing[0].id
    )
    assert [name for name, _ in letter.headers] == [n for n in HEADERS if n in dict(letter.headers)]


@pytest.mark.parametrize(
    "change",
    [
        lambda letter: letter._replace(value=letter.value + b" "),
        lambda letter: letter._replace(key=b"case-2"),
        lambda letter: with_header(letter, "ce_id", b"2"),
        lambda letter: letter._replace(headers=(letter.headers[1], letter.headers[0], *letter.headers[2:])),
        lambda letter: letter._replace(headers=(("ce_marks", b"1"), *letter.headers)),
        lambda letter: with_header(letter, "ce_signature", b""),
    ],
)
def test_a_changed_letter_is_forged(
    guangdong: Keyring, sichuan: Keyring, change: Callable[[Record], Record]
) -> None:
    letter = change(guangdong.sign_letter(LETTER, MAILBOX, GUANGDONG))

    found = sichuan.verify_letter(letter, MAILBOX)

    assert isinstance(found, Distrusted)
    assert found.reason is Distrust.FORGED


def test_a_letter_that_was_copied_to_another_mailbox_is_forged(guangdong: Keyring, sichuan: Keyring) -> None:
    found = sichuan.verify_letter(guangdong.sign_letter(LETTER, MAILBOX, GUANGDONG), "cn43.mailbox")

    assert isinstance(found, Distrusted)
    assert found.reason is Distrust.FORGED


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("ce_source", b"/cn51/routing", Distrust.NOT_THE_SOURCE),
        ("ce_destination", b"cn43.mailbox", Distrust.NOT_ADDRESSED_HERE),
        ("ce_recordedtime", b"soon", Distrust.MALFORMED),
        ("ce_recordedtime", b"2026-03-01T09:30:00", Distrust.MALFORMED),
        ("ce_id", b"\xff\xfe", None),
    ],
)
def test_a_letter_says_who_sends_it_where_to_and_when(
    guangdong: Keyring, sichuan: Keyring, name: str, raw: bytes, reason: Distrust | None
) -> None:
    letter = guangdong.sign_letter(with_header(LETTER, name, raw), MAILBOX, GUANGDONG)

    found = sichuan.verify_letter(letter, MAILBOX)

    assert (found.reason if isinstance(found, Distrusted) else None) is reason


def test_unsigned_repeated_empty_and_unknown_are_told_apart(guangdong: Keyring, sichuan: Keyring) -> None:
    letter = guangdong.sign_letter(LETTER, MAILBOX, GUANGDONG)
    nothing: Any = None

    def reason(record: Record) -> Distrust | None:
        found = sichuan.verify_letter(record, MAILBOX)
        return found.reason if isinstance(found, Distrusted) else None

    assert reason(LETTER) is Distrust.UNSIGNED
    assert reason(letter._replace(headers=(*letter.headers, letter.headers[-1]))) is Distrust.MALFORMED
    assert reason(letter._replace(headers=(*letter.headers, ("x", nothing)))) is Distrust.MALFORMED
    assert reason(with_header(letter, "ce_signedby", b"\xff")) is Distrust.UNKNOWN_KEY
    assert reason(with_header(letter, "ce_signature", b"\xff")) is Distrust.MALFORMED


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"valid_until": "2026-03-01T09:29:59Z"}, Distrust.OUT_OF_TIME),
        ({"valid_until": "2026-03-01T09:30:00Z"}, None),
        ({"valid_from": "2026-03-01T09:30:01Z"}, Distrust.OUT_OF_TIME),
        ({"revoked": True}, Distrust.REVOKED),
        # Whoever stole it tomorrow can write yesterday's date: on its own a letter proves nothing any more.
        ({"revoked_at": "2030-01-01T00:00:00Z"}, Distrust.REVOKED),
    ],
)
def test_a_retired_key_is_good_for_old_letters_and_a_revoked_one_for_none(
    folder: Path, guangdong: Keyring, said: dict[str, Any], reason: Distrust | None
) -> None:
    edit(folder / "44.public.json", lambda keys: keys["signing"][0].update(said))
    sichuan = load_keyring(folder, [SICHUAN])

    found = sichuan.verify_letter(guangdong.sign_letter(LETTER, MAILBOX, GUANGDONG), MAILBOX)

    assert (found.reason if isinstance(found, Distrusted) else None) is reason


def test_what_another_key_signed_for_before_the_theft_stays_believed(
    folder: Path, guangdong: Keyring
) -> None:
    edit(folder / "44.public.json", lambda k: k["signing"][0].update({"revoked_at": "2026-03-02T00:00:00Z"}))
    sichuan = load_keyring(folder, [SICHUAN])
    letter = guangdong.sign_letter(LETTER, MAILBOX, GUANGDONG)
    before, after = datetime(2026, 3, 1, 10, tzinfo=UTC), datetime(2026, 3, 2, 1, tzinfo=UTC)

    assert isinstance(sichuan.verify_letter(letter, MAILBOX, before), Verified)
    assert isinstance(sichuan.verify_letter(letter, MAILBOX, after), Distrusted)


def test_a_stolen_key_is_not_gone_on_with(folder: Path) -> None:
    edit(folder / "44.public.json", lambda k: k["signing"][0].update({"revoked_at": "2026-03-02T00:00:00Z"}))
    with pytest.raises(KeysRefused, match="those in use by the private file"):
        load_keyring(folder, [GUANGDONG])


def rotate(folder: Path, province: str, purpose: str) -> None:
    """What docs/it-team.md says: a new key behind the old one, in the private file and in the public one."""
    fresh = folder / "fresh"
    create_keys(fresh, [Province(province)])
    for kind in ("private", "public"):
        file = folder / f"{province}.{kind}.json"
        keys = json.loads(file.read_bytes())
        keys[purpose] += json.loads((fresh / file.name).read_bytes())[purpose]
        file.write_text(json.dumps(keys))


def test_letters_under_way_outlive_the_rotation_of_every_key(folder: Path, guangdong: Keyring) -> None:
    sealed = guangdong.seal_for(SICHUAN, "向某", b"case-1")
    letter = guangdong.sign_letter(LETTER, MAILBOX, GUANGDONG)
    rotate(folder, "44", "signing")
    rotate(folder, "51", "letters")
    edit(folder / "44.public.json", lambda k: k["signing"][0].update({"valid_until": "2026-03-01T12:00:00Z"}))
    sichuan, later = load_keyring(folder, [SICHUAN]), load_keyring(folder, [GUANGDONG])

    assert isinstance(sichuan.verify_letter(letter, MAILBOX), Verified)
    assert sichuan.open_letter(sealed, SICHUAN, b"case-1") == "向某"
    fresh = later.sign_letter(LETTER, MAILBOX, GUANGDONG)
    assert dict(fresh.headers)["ce_signedby"] != dict(letter.headers)["ce_signedby"]
    assert isinstance(sichuan.verify_letter(fresh, MAILBOX), Verified)
    assert later.seal_for(SICHUAN, "向某", b"case-1").key_id != sealed.key_id


def test_only_the_addressee_opens_what_was_sealed_for_it(guangdong: Keyring, sichuan: Keyring) -> None:
    sealed = guangdong.seal_for(SICHUAN, {"name": "张三"}, b"44 case-1")

    assert sichuan.open_letter(sealed, SICHUAN, b"44 case-1") == {"name": "张三"}
    with pytest.raises(CannotOpen):
        sichuan.open_letter(sealed, SICHUAN, b"44 case-2")
    with pytest.raises(KeyNotHere):
        guangdong.open_letter(sealed, SICHUAN, b"44 case-1")
    with pytest.raises(KeyNotHere, match=r"43\.public"):
        guangdong.seal_for(HUNAN, {}, b"")


def test_bytes_that_nobody_could_read_are_kept_for_their_province(guangdong: Keyring) -> None:
    kept = guangdong.seal_raw(b"\x00 \xff", GUANGDONG)

    id, _, box = kept.partition(b" ")
    keys = {key.id: key.key for key in guangdong.own[GUANGDONG].letters}
    assert guangdong.suite.open_sealed(keys[id.decode()], box, RAW) == b"\x00 \xff"
    with pytest.raises(CannotOpen):
        guangdong.suite.open_sealed(keys[id.decode()], box, b"another context")


# --- Cases -------------------------------------------------------------------------------------------------


def test_the_keys_of_a_case_travel_wrapped_among_the_services_of_a_province(guangdong: Keyring) -> None:
    key = guangdong.new_case_key(GUANGDONG)
    wrapped = guangdong.wrap_case_key(key, GUANGDONG)

    assert guangdong.unwrap_case_key(key.id, wrapped, GUANGDONG) == key


def test_data_open_with_the_key_of_their_case_alone(guangdong: Keyring) -> None:
    key, other = guangdong.new_case_key(GUANGDONG), guangdong.new_case_key(GUANGDONG)
    sealed = guangdong.seal({"id_number": ID_NUMBER}, key, b"44 case-1")

    assert guangdong.unseal(sealed, key, b"44 case-1") == {"id_number": ID_NUMBER}
    assert ID_NUMBER not in sealed.model_dump_json()
    with pytest.raises(KeyNotHere):
        guangdong.unseal(sealed, other, b"44 case-1")
    with pytest.raises(CannotOpen):
        guangdong.unseal(sealed, key, b"44 case-2")
    with pytest.raises(CannotOpen):
        guangdong.unseal(Sealed(key_id=key.id, box="AAAA="), key, b"44 case-1")


def test_a_pseudonym_is_one_per_person_and_province(guangdong: Keyring, sichuan: Keyring) -> None:
    pseudonym = guangdong.pseudonym(ID_NUMBER, GUANGDONG)

    assert pseudonym == guangdong.pseudonym(" 510725 19850101 123x", GUANGDONG)
    assert pseudonym != sichuan.pseudonym(ID_NUMBER, SICHUAN)
    assert pseudonym.startswith(guangdong.own[GUANGDONG].pseudonyms[0].id + ".")
    assert len(pseudonym) <= 64
