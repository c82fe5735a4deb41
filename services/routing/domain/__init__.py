"""What routing decides: pure and frozen; time, ids and sealed values come in as arguments."""
