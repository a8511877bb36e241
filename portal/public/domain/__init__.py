"""What the public site does, told without a web framework."""
