import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey, RSAKey

from chassis.auth import (
    Caller,
    NotAuthenticated,
    NotPermitted,
    TokenKeysAway,
    TokenReader,
    create_token_key,
    issue_token,
    load_token_key,
    permitted_role,
    token_reader,
)
from chassis.clock import Clock
from chassis.settings import read_settings
from schemas.ids import AgencyId, Province, Pseudonym

RECEIVER = Caller(
    sub=Pseudonym("44-p-1.abc"),
    roles=frozenset({"receiver", "mediator"}),
    province=Province("51"),
    agency=AgencyId("51-zhongshan-station"),
)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def reader(tmp_path: Path, clock: Clock) -> TokenReader:
    create_token_key(tmp_path)
    return TokenReader(tmp_path / "tokens.jwks.json", issuer="casebridge", audience="casebridge", clock=clock)


def claims_until(clock: Clock) -> dict[str, Any]:
    until = int(clock.now().timestamp()) + 60
    return {"iss": "casebridge", "aud": "casebridge", "sub": "p", "roles": [], "province": "51", "exp": until}


def signed(key: OKPKey | RSAKey, claims: dict[str, Any], algorithm: str = "Ed25519") -> str:
    return jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key, algorithms=[algorithm])


async def refusal(reader: TokenReader, token: str) -> str:
    with pytest.raises(NotAuthenticated) as refused:
        await reader.read(token)
    return str(refused.value)


async def test_a_token_says_who_calls(tmp_path: Path, clock: Clock, reader: TokenReader) -> None:
    token = issue_token(load_token_key(tmp_path), RECEIVER, now=clock.now())

    assert await reader.read(token) == RECEIVER


async def test_a_token_expires_by_the_clock_of_the_deployment(
    tmp_path: Path, clock: Clock, reader: TokenReader
) -> None:
    token = issue_token(load_token_key(tmp_path), RECEIVER, now=clock.now())
    clock.step_to(clock.now() + timedelta(hours=9))

    assert "expired" in await refusal(reader, token)


async def test_a_token_that_was_let_in_is_refused_once_it_has_expired(
    tmp_path: Path, clock: Clock, reader: TokenReader
) -> None:
    token = issue_token(load_token_key(tmp_path), RECEIVER, now=clock.now())
    assert await reader.read(token) == await reader.read(token) == RECEIVER
    clock.step_to(clock.now() + timedelta(hours=9))

    assert "expired" in await refusal(reader, token)
    assert "expired" in await refusal(reader, token)


async def test_a_token_that_was_let_in_is_refused_once_its_key_is_gone(tmp_path: Path, clock: Clock) -> None:
    create_token_key(tmp_path)
    file = tmp_path / "tokens.jwks.json"
    reader = TokenReader(file, issuer="casebridge", audience="casebridge", clock=clock, refresh_every_s=0.0)
    old = issue_token(load_token_key(tmp_path), RECEIVER, now=clock.now())
    await reader.read(old)
    rotated = RSAKey.generate_key(2048, auto_kid=True)
    file.write_text(json.dumps({"keys": [rotated.as_dict(private=False)]}))
    await reader.read(signed(rotated, claims_until(clock), "RS256"))

    assert "unknown key" in await refusal(reader, old)


async def test_a_signature_lets_in_no_other_claims(tmp_path: Path, clock: Clock, reader: TokenReader) -> None:
    token = issue_token(load_token_key(tmp_path), RECEIVER, now=clock.now())
    await reader.read(token)
    head, _, signature = token.split(".")
    raised = base64.urlsafe_b64encode(json.dumps(claims_until(clock)).encode()).decode().rstrip("=")

    assert "BadSignature" in await refusal(reader, f"{head}.{raised}.{signature}")


@pytest.mark.parametrize(
    "said", [{"issuer": "another"}, {"audience": "another"}, {"lifetime": timedelta(hours=-1)}]
)
async def test_a_token_for_another_purpose_is_refused(
    tmp_path: Path, clock: Clock, reader: TokenReader, said: dict[str, Any]
) -> None:
    await refusal(reader, issue_token(load_token_key(tmp_path), RECEIVER, now=clock.now(), **said))


async def test_a_token_signed_by_anybody_else_is_refused(
    tmp_path: Path, clock: Clock, reader: TokenReader
) -> None:
    own = load_token_key(tmp_path)
    stranger = OKPKey.generate_key("Ed25519", {"kid": own.kid or ""})
    unknown = OKPKey.generate_key("Ed25519", auto_kid=True)

    assert "BadSignature" in await refusal(reader, issue_token(stranger, RECEIVER, now=clock.now()))
    assert "unknown key" in await refusal(reader, issue_token(unknown, RECEIVER, now=clock.now()))


async def test_neither_no_signature_nor_the_public_key_as_a_secret_lets_anybody_in(
    tmp_path: Path, clock: Clock, reader: TokenReader
) -> None:
    own = load_token_key(tmp_path)
    _, claims, _ = issue_token(own, RECEIVER, now=clock.now()).split(".")
    header = (
        base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": own.kid}).encode()).decode().rstrip("=")
    )
    public = own.as_dict(private=False)["x"]
    confused = jwt.encode(
        {"alg": "HS256", "kid": own.kid},
        json.loads(base64.urlsafe_b64decode(claims + "==")),
        OctKey.import_key(str(public)),
    )

    for token in (f"{header}.{claims}.", confused, "", "a.b.c", "\x00", "ü"):
        await refusal(reader, token)


@pytest.mark.parametrize(
    "change",
    [
        lambda claims: claims.pop("exp"),
        lambda claims: claims.pop("sub"),
        lambda claims: claims.update(sub="张三"),
        lambda claims: claims.update(agency=["51"]),
        lambda claims: claims.update(roles="receiver"),
        lambda claims: claims.update(roles=[1]),
        lambda claims: claims.update(province="99"),
        lambda claims: claims.update(province={}),
    ],
)
async def test_a_token_with_strange_claims_is_refused_without_repeating_them(
    tmp_path: Path, clock: Clock, reader: TokenReader, change: Callable[[dict[str, Any]], None]
) -> None:
    key = load_token_key(tmp_path)
    claims = claims_until(clock)
    change(claims)

    assert "张三" not in await refusal(reader, signed(key, claims))


@pytest.mark.parametrize(("refresh_every_s", "let_in"), [(0.0, True), (60.0, False)])
async def test_a_new_key_of_the_issuer_is_fetched_but_not_again_and_again(
    tmp_path: Path, clock: Clock, refresh_every_s: float, let_in: bool
) -> None:
    create_token_key(tmp_path)
    file = tmp_path / "tokens.jwks.json"
    reader = TokenReader(
        file, issuer="casebridge", audience="casebridge", clock=clock, refresh_every_s=refresh_every_s
    )
    await reader.read(issue_token(load_token_key(tmp_path), RECEIVER, now=clock.now()))
    rotated = RSAKey.generate_key(2048, auto_kid=True)
    file.write_text(json.dumps({"keys": [rotated.as_dict(private=False)]}))
    token = signed(rotated, claims_until(clock), "RS256")

    if let_in:
        assert (await reader.read(token)).sub == "p"
    else:
        assert "unknown key" in await refusal(reader, token)


async def test_without_keys_nobody_is_let_in_and_the_caller_is_not_blamed(
    tmp_path: Path, clock: Clock
) -> None:
    environ = {
        "CASEBRIDGE_PROVINCES": "44",
        "CASEBRIDGE_KAFKA": "localhost:1",
        "CASEBRIDGE_DATABASE_URL": "postgresql://localhost",
        "CASEBRIDGE_KEYS": str(tmp_path),
    }

    for source in ({}, {"CASEBRIDGE_TOKEN_KEYS": "http://127.0.0.1:1/keys"}):
        with pytest.raises(TokenKeysAway):
            await token_reader(read_settings(environ | source, "intake"), clock).read("a.b.c")


def test_a_caller_acts_in_a_role_that_is_permitted() -> None:
    assert permitted_role(RECEIVER, {"receiver", "director"}) == "receiver"

    with pytest.raises(NotPermitted, match="Found the roles mediator, receiver, expected one of director"):
        permitted_role(RECEIVER, {"director"})
