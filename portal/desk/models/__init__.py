"""Tables of the desk's database."""
