"""trace shows operators where every case is, and how it came there.

Owns: nothing; a row for every event that it hears, and one for every case.
Consumes: `cases`, `transfers`, `matters`, `notices`, `keys` and `ops` of its provinces.
Emits: nothing.
"""
