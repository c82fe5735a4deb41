import pytest

from chassis.crypto import CannotOpen, StandardSuite

suite = StandardSuite()
PLAIN = "张三 13800000000".encode()


def changed(box: bytes) -> list[bytes]:
    """The box with one byte flipped at its start, middle and end; cut short; empty."""
    places = (0, len(box) // 2, len(box) - 1)
    return [box[:i] + bytes([box[i] ^ 1]) + box[i + 1 :] for i in places] + [box[:-1], box[:5], b""]


def test_a_box_opens_with_its_key_in_its_context_and_never_otherwise() -> None:
    key = suite.new_secret()
    box = suite.encrypt(key, PLAIN, b"case 1")

    assert suite.decrypt(key, box, b"case 1") == PLAIN
    for other_key, other_box, context in [
        (suite.new_secret(), box, b"case 1"),
        (key, box, b"case 2"),
        *((key, wrong, b"case 1") for wrong in changed(box)),
    ]:
        with pytest.raises(CannotOpen):
            suite.decrypt(other_key, other_box, context)


def test_sealing_twice_gives_two_boxes() -> None:
    key = suite.new_secret()

    assert suite.encrypt(key, PLAIN, b"") != suite.encrypt(key, PLAIN, b"")


def test_a_wrapped_key_comes_back_whole_or_not_at_all() -> None:
    key, secret = suite.new_secret(), suite.new_secret()
    wrapped = suite.wrap(key, secret)

    assert suite.unwrap(key, wrapped) == secret
    for wrong in changed(wrapped):
        with pytest.raises(CannotOpen):
            suite.unwrap(key, wrong)


def test_a_letter_opens_for_its_addressee_alone() -> None:
    private = suite.new_letter_key()
    box = suite.seal_for(suite.letter_public(private), PLAIN, b"44 to 51")

    assert suite.open_sealed(private, box, b"44 to 51") == PLAIN
    for key, other_box, context in [
        (suite.new_letter_key(), box, b"44 to 51"),
        (private, box, b"44 to 43"),
        *((private, wrong, b"44 to 51") for wrong in changed(box)),
    ]:
        with pytest.raises(CannotOpen):
            suite.open_sealed(key, other_box, context)


def test_what_cannot_be_opened_is_not_repeated() -> None:
    with pytest.raises(CannotOpen) as failed:
        suite.decrypt(suite.new_secret(), suite.encrypt(suite.new_secret(), PLAIN, b""), b"")

    assert "13800000000" not in f"{failed.value!s} {failed.value!r}"
    assert failed.value.__cause__ is None


def test_a_signature_holds_for_its_message_and_key() -> None:
    private = suite.new_signing_key()
    public, signature = suite.signing_public(private), suite.sign(private, b"letter")

    assert suite.verify(public, b"letter", signature)
    assert not suite.verify(public, b"lettre", signature)
    assert not suite.verify(suite.signing_public(suite.new_signing_key()), b"letter", signature)
    assert not suite.verify(public, b"letter", b"")


def test_the_mac_is_hmac_sha_256() -> None:
    # RFC 4231, test case 2.
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

    assert suite.mac(b"Jefe", b"what do ya want for nothing?").hex() == expected
