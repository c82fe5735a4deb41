"""What the contract promises to strangers, and to later releases."""
