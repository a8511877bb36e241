"""The staff desk: its own database, its own people, the private halves of the keys."""
