"""Runs a real Apache Kafka and a real PostgreSQL as child processes, for a machine that has only Python.

`parts.parts()` is the way in for the demo and the tests: it starts both, or takes the addresses it is given.
Fault tests and the three-province demo start brokers of their own with `kafka.EmbeddedKafka`.
"""
