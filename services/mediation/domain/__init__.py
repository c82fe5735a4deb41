"""What the owner of a case does with it, and what its members receive.

Nouns are what is: `matter` with its `aid` (its `review`, its `objection`), its `proceedings` and `clocks`,
and `claim`, one a member; `courses`, `remedies` and `rights` are tables of what may follow what. What is
decided about a matter stands in the module of what happens: `opening`, `reviewing`, `granting`,
`advancing`, `assigning`, `mediating`, `performing`, `limiting`, `lapsing`, `confirming`,
`arbitrating`, `ordering`, `suing`, `enforcing`, `suspending`, `obeying`, `terminating`, `objecting`,
`concluding`, `archiving`.
"""
