"""What the desk does; knows nothing of the web."""
