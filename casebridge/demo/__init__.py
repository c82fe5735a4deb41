"""The demo: a whole deployment on this machine, the six stories played through its public HTTP APIs.

`stage` starts everything, `children` keeps the services, `play` is what people do, `stories/` what happens.
The journeys in `tests/journeys` play the same stories.
"""
