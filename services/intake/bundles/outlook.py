"""What an import comes to."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outlook:
    """What an import comes to."""

    stages: Counter[str] = field(default_factory=Counter)
    due_soon: int = 0
    breached: int = 0
    warnings: list[str] = field(default_factory=list)
