"""What routing decides: pure and frozen; time, ids and sealed values come in as arguments.

Nouns are what is: `custody` with its `transfer`s and `dispute`s, `offer`, `escalation`, `direction`, `task`,
`errand`, `following`. Each folds its own events.

What is decided about a custody stands in the module of what happens: `asking` somebody to take the case,
`awaiting` the answer, `clarifying` what was asked back, `passing_on` a case that was not taken, `moving` one
that was accepted, `directing` by the common superior, `acting` of the owner itself, `amending` what goes with
the case, `ending`, and `progress` for those who follow. About an offer: `answering` by people of the agency
that is asked, `receiving` what its origin says. About every letter: `believing` says who may write it.

Who is asked is `route`, found by `considering` and `weighing` what the `directory` knows.
"""
