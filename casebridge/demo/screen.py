"""What the demo shows: steps as they happen, timelines, addresses. Plain text where there is no terminal."""

from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape

PLAIN_WIDTH = 160


def console() -> Console:
    """Colours on a terminal; elsewhere lines that are not broken early."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)


@dataclass
class Screen:
    """Writes to one console."""

    out: Console = field(default_factory=console)

    def say(self, text: str) -> None:
        """What the start is busy with."""
        self.out.print(f"[dim]{escape(text)}[/]")

    def story(self, title: str, facts: str) -> None:
        self.out.print(f"\n[bold]{escape(title)}[/]\n[dim]{escape(facts)}[/]")

    def step(self, seconds: float, who: str, text: str) -> None:
        """One step, once its effect is visible."""
        self.out.print(f"  [cyan]{seconds * 1000:6.0f} ms[/]  [bold]{escape(who)}[/] {escape(text)}")

    def later(self, text: str) -> None:
        """Time passed."""
        self.out.print(f"  [magenta]         ⏳ {escape(text)}[/]")

    def checked(self, text: str) -> None:
        """Something was compared with what it should be, and is so."""
        self.out.print(f"  [green]       ✓[/]  {escape(text)}")

    def failed(self, text: str) -> None:
        self.out.print(f"  [bold red]       ✗[/]  {escape(text)}")

    def line(self, text: str = "") -> None:
        """A line that is never broken: an address, a token."""
        self.out.print(escape(text), soft_wrap=True)
