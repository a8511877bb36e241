"""What the desk's forms accept, and what they say when they do not."""
