"""notify tells people: the worker, the staff who must act, and partner agencies.

Owns: Notice.
Consumes: `cases`, `transfers` and `matters` of its provinces; and `keys`, to open how the worker is reached.
Emits: `notices`; and what partner agencies may see, on a topic for each.
"""
