"""What the owner of a case does with it, and what its members receive.

Nouns are what is: `matter` with its `aid` and its `proceedings`, and `claim`, one a member. What is decided
about a matter stands in the module of what happens: `opening`, `granting`, `mediating`, `suing`,
`concluding`.
"""
