"""What an application is, and what may be done with it."""
