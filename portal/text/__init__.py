"""What is done to texts that people typed: tidied, and shown with nothing hidden."""
