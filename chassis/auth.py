"""Who is calling: bearer tokens are read, and for the demo and tests issued."""

import json
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeGuard

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, OKPKey

from chassis.clock import Clock
from chassis.errors import ChassisError
from chassis.key_files import write_whole
from chassis.settings import Settings
from schemas.ids import PROVINCES, AgencyId, Province, Pseudonym

ALGORITHMS = ("Ed25519", "EdDSA", "ES256", "RS256", "PS256", "HS256")
"""A key fits one family alone, so that a public key never passes for the secret of an HMAC."""

_TOKEN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}", re.ASCII)
_LEEWAY_S = 30
_MOST_REMEMBERED = 4_096
"""Tokens. A deployment has fewer callers than this within the lifetime of a token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A person, as his token says."""

    sub: Pseudonym
    roles: frozenset[str]
    province: Province
    """The jurisdiction of his agency, wherever he sits."""
    agency: AgencyId | None = None


@dataclass(eq=False)
class NotAuthenticated(ChassisError):
    """The bearer token is not accepted: {reason}."""

    zh: ClassVar[str] = "访问令牌无效：{reason}。"
    reason: str
    status: ClassVar[int] = 401
    challenge: ClassVar[str] = "Bearer"
    """For the `WWW-Authenticate` header."""


@dataclass(eq=False)
class NotPermitted(ChassisError):
    """Found the roles {found}, expected one of {expected}."""

    zh: ClassVar[str] = "您的角色为{found}，办理此事须具备下列条件之一：{expected}。"
    found: str
    expected: str
    status: ClassVar[int] = 403


@dataclass(eq=False)
class TokenKeysAway(ChassisError):
    """The public keys of tokens cannot be read ({reason}); nobody can be let in until they can."""

    zh: ClassVar[str] = "暂时无法读取令牌公钥（{reason}），恢复之前任何人都不能登录。"
    reason: str
    status: ClassVar[int] = 503


class TokenReader:
    """Reads tokens with the public keys of their issuer; fetches the keys again when it meets a new one."""

    def __init__(
        self, source: Path | str, *, issuer: str, audience: str, clock: Clock, refresh_every_s: float = 60.0
    ) -> None:
        self._source = source
        self._issuer = issuer
        self._audience = audience
        self._clock = clock
        self._refresh_every_s = refresh_every_s
        self._keys: KeySet | None = None
        self._fetched_s = 0.0
        self._known: dict[str, tuple[Caller, float]] = {}
        """Whom the tokens name that the present keys were found to have signed, and until when."""

    async def read(self, token: str) -> Caller:
        """Raises NotAuthenticated or TokenKeysAway."""
        keys = self._keys or await self._fetch()
        try:
            return self._read(token, keys)
        except InvalidKeyIdError:
            # Issuers rotate; but a flood of invented key ids must not become a flood of requests to them.
            if time.monotonic() - self._fetched_s < self._refresh_every_s:
                raise NotAuthenticated("an unknown key signed it") from None
        try:
            return self._read(token, await self._fetch())
        except InvalidKeyIdError:
            raise NotAuthenticated("an unknown key signed it") from None

    def _read(self, token: str, keys: KeySet) -> Caller:
        # What a signature covers never changes, and reading it costs more than all else of a request at the
        # edge. How long it is good for is asked every time.
        now_s = int(self._clock.now().timestamp())
        caller, until_s = self._known.get(token, (None, 0))
        if caller and now_s < until_s:
            return caller
        self._known.pop(token, None)
        try:
            claims: dict[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            self._rules(now_s).validate(claims)
        except InvalidKeyIdError:
            raise
        except ExpiredTokenError:
            raise NotAuthenticated("it has expired") from None
        except (JoseError, ValueError) as error:
            # The text of the error can repeat what the token says.
            raise NotAuthenticated(f"it is no valid token of this issuer ({type(error).__name__})") from None
        caller = _caller(claims)
        if keys is self._keys:  # others may have been fetched while this request waited for its own
            self._remember(token, caller, claims["exp"] + _LEEWAY_S)
        return caller

    def _rules(self, now_s: int) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=now_s,
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
        )

    def _remember(self, token: str, caller: Caller, until_s: float) -> None:
        if len(self._known) >= _MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[token] = caller, until_s

    async def _fetch(self) -> KeySet:
        # Noted before the attempt, so that one that fails counts as well.
        self._fetched_s = time.monotonic()
        try:
            source = self._source
            text = source.read_bytes() if isinstance(source, Path) else await _downloaded(source)
            self._keys = KeySet.import_key_set(json.loads(text))
            self._known.clear()  # a key may be gone
        except (OSError, JoseError, ValueError, KeyError, TypeError) as error:
            raise TokenKeysAway(type(error).__name__) from None
        return self._keys


async def _downloaded(address: str) -> bytes:
    # Not at the top: it brings a command line with colours, 4 MB for nothing where the keys are in a file.
    import httpx

    try:
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(address)).raise_for_status().content
    except httpx.HTTPError as error:
        raise TokenKeysAway(type(error).__name__) from None


def token_reader(settings: Settings, clock: Clock) -> TokenReader:
    """The reader that the settings ask for; nothing is fetched yet."""
    source: Path | str = settings.token_keys or settings.keys_folder / "tokens.jwks.json"
    if isinstance(source, str) and not source.startswith(("http://", "https://")):
        source = Path(source)
    return TokenReader(source, issuer=settings.token_issuer, audience=settings.token_audience, clock=clock)


def permitted_role(caller: Caller, permitted: Collection[str]) -> str:
    """The role in which the caller may act. Raises NotPermitted."""
    found = caller.roles & set(permitted)
    if not found:
        raise NotPermitted(_listed(caller.roles), _listed(permitted))
    return min(found)


def create_token_key(folder: Path) -> None:
    """Make the key of a deployment that issues its own tokens, unless it is there."""
    private, public = folder / "tokens.private.json", folder / "tokens.jwks.json"
    if not private.exists():
        key = OKPKey.generate_key("Ed25519", auto_kid=True)
        write_whole(private, json.dumps(key.as_dict(private=True)).encode(), 0o600)
    if not public.exists():
        keys = {"keys": [load_token_key(folder).as_dict(private=False)]}
        write_whole(public, json.dumps(keys).encode(), 0o644)


def load_token_key(folder: Path) -> OKPKey:
    """The private key to issue tokens with."""
    return OKPKey.import_key(json.loads((folder / "tokens.private.json").read_bytes()))


def issue_token(
    key: OKPKey,
    caller: Caller,
    *,
    now: datetime,
    lifetime: timedelta = timedelta(hours=8),
    issuer: str = "casebridge",
    audience: str = "casebridge",
) -> str:
    """A token that says who the caller is."""
    claims: dict[str, Any] = {
        "iss": issuer,
        "aud": audience,
        "sub": caller.sub,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "roles": sorted(caller.roles),
        "province": caller.province,
    }
    if caller.agency is not None:
        claims["agency"] = caller.agency
    return jwt.encode({"alg": "Ed25519", "kid": key.kid}, claims, key, algorithms=["Ed25519"])


def _caller(claims: dict[str, Any]) -> Caller:
    sub, roles, agency = claims.get("sub"), claims.get("roles"), claims.get("agency")
    province = claims.get("province")
    # Subjects stand in events: a name, which does not fit the form of an id, must not get there.
    if not _is_id(sub) or not (agency is None or _is_id(agency)):
        raise NotAuthenticated("expected ids in the claims sub and agency")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise NotAuthenticated("expected a list of texts in the claim roles")
    if not isinstance(province, str) or province not in PROVINCES:
        raise NotAuthenticated("expected a known code in the claim province")
    return Caller(
        sub=Pseudonym(sub),
        roles=frozenset(roles),
        province=Province(province),
        agency=None if agency is None else AgencyId(agency),
    )


def _is_id(claim: object) -> TypeGuard[str]:
    return isinstance(claim, str) and _TOKEN_ID.fullmatch(claim) is not None


def _listed(roles: Collection[str]) -> str:
    return ", ".join(sorted(roles)) or "none"
