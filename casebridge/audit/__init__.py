"""Verifies from logs and databases what a deployment promises: nothing lost, doubled or invented."""

from casebridge.audit.auditing import audit, settled
from casebridge.audit.report import Report, Rule, Violation

__all__ = ["Report", "Rule", "Violation", "audit", "settled"]
