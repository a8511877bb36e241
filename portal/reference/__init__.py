"""What the portal knows without asking: page texts, vocabulary, working days."""
