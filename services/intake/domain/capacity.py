"""Who can apply for himself, and by what authority another applies for him."""

from datetime import date
from typing import Any, Final

from schemas.codes import AgentAuthority, MemberRole

OF_AGE: Final = 18
LIVES_ON_HIS_LABOUR: Final = 16
"""Whoever has turned it and lives mainly on his own labour has full capacity (Civil Code Art. 18)."""

FOR_A_MINOR: Final = frozenset({AgentAuthority("legal-guardian"), AgentAuthority("close-relative")})
"""Who may apply for a minor; a relative where the legal representative harms him (Legal Aid Law Art. 40)."""


def age_on(day: date, born: date) -> int:
    """Years that were completed on the day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def needs_agent(role: MemberRole, born: date | None, *, on: date) -> bool:
    """Whether he is too young to apply himself. Of whom no date is known, nothing is said."""
    if born is None or born > on:  # Training data have numbers of people who are not born yet.
        return False
    return age_on(on, born) < (LIVES_ON_HIS_LABOUR if role == MemberRole("worker") else OF_AGE)


def authority_of(person: Any) -> AgentAuthority | None:
    """The authority that stands in what was sealed. Total: another release may have sealed it."""
    agent = person.get("agent") if isinstance(person, dict) else None
    said = agent.get("authority") if isinstance(agent, dict) else None
    return AgentAuthority(said) if isinstance(said, str) and said else None
