"""People who do whatever comes to their minds, through the public APIs of real services."""
