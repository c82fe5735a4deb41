"""Measures casebridge beside the limit of the raw parts: each floor is a bare loop, run in the same run."""
