"""The receipts of a transfer: one file that anybody can check with nothing but the public keys."""
