"""What the owner of a case does with it, and what its members receive."""
