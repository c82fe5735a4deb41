"""The steps of an imported case, one module a kind: what each needs, and what follows from it."""
