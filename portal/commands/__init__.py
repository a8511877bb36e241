"""Subcommands of `portal`: each puts the parts together and runs them."""
