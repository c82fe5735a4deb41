"""Tells moves in words: what a person reads when a promise is broken."""

from typing import TYPE_CHECKING

from tests.protocol.scene import PROVINCES

if TYPE_CHECKING:
    from tests.protocol.clerk import Post
    from tests.protocol.world import World

SAID = {
    "withdraw": "the applicants withdraw at the intake of {here}",
    "decline": "{here} finds that it is not competent, and proposes Hubei",
    "milestone": "{here} reaches a milestone",
    "remove": "the intake of {here} removes the document",
}


def told(world: "World", number: int) -> str:
    """One move as a line."""
    move = world.moves[number]
    here = PROVINCES[move.province]
    match move.kind:
        case "deliver":
            return f"{letter(world.posts[move.detail])} arrives"
        case "duplicate":
            return f"{letter(world.posts[move.detail])} arrives; it will arrive again"
        case "again":
            return f"{letter(world.posts[move.detail])} arrives again"
        case "withhold":
            return f"{letter(world.posts[move.detail])} is lost"
        case "resent":
            return f"{letter(world.posts[move.detail])} is sent again, and arrives"
        case "crash":
            return f"{told(world, move.detail)}; {here} commits, and crashes before it publishes"
        case "recover":
            return f"{here} starts again, and publishes"
        case "act":
            agency, words = move.detail
            return f"{agency} {words}"
        case "say":
            return SAID[move.detail].format(here=here)
        case "ring":
            return f"in {here} the timer {move.detail} fires"
        case _:
            return f"time passes, to {world.times[move.detail]:%d %B %H:%M}"


def letter(post: "Post | None") -> str:
    assert post is not None
    event = post.event
    name = event.type.removeprefix("casebridge.").removesuffix(".v1")
    about = getattr(event, "transfer_id", None) or getattr(event, "task_id", None)
    of = f" of {about}" if about else ""
    if post.log != "mailbox":
        return f"in {post.to}: {name}{of} ({post.log})"
    return f"{post.source[3:5]} → {post.to}: {name}{of}"
