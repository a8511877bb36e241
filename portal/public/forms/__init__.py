"""What the public site's forms accept, and what they say when they do not."""
