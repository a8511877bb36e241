"""Scripts that make what the assistant's statistics know; run by hand, never at run time."""
