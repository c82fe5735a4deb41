"""Mediation's tables, version by version."""
