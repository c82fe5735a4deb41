"""Which failures pass by themselves: a closed list. Everything else is permanent."""

from sqlalchemy.exc import DBAPIError

TRANSIENT_CLASSES = ("08", "40", "53", "57", "58")
"""SQLSTATE: connection, rollback (deadlock, serialization), resources, operator intervention, system."""

LOCK_NOT_AVAILABLE = "55P03"


def is_transient(error: DBAPIError) -> bool:
    """Whether to wait and try again. An error without a state never reached the server, or got lost."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:
        return not isinstance(error.orig, TypeError | ValueError)
    return state[:2] in TRANSIENT_CLASSES or state == LOCK_NOT_AVAILABLE
