"""What notify decides. Pure: time and ids come in as arguments."""
