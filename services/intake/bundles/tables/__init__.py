"""The tables of a bundle, one module a file: its columns, and what a row of it tells."""
