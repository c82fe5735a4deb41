"""The contract: what the services tell one another and the world. Imports pydantic only.

Importing any part of it registers every message type, so that `envelope.decode` knows them all.
"""

from schemas import cases, keys, mailbox, matters, notices, ops, partner, transfers

__all__ = ["cases", "keys", "mailbox", "matters", "notices", "ops", "partner", "transfers"]
