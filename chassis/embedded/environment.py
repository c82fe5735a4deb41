"""The one place in this package that reads the environment of this process."""

import os
from collections.abc import Mapping


def inherited_environment(*, without: tuple[str, ...] = (), **overrides: str) -> Mapping[str, str]:
    """What a child inherits, less every variable that begins with one of the prefixes `without`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(without or ("\0",))}
    return {**kept, **overrides}
