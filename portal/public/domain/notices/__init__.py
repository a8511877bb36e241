"""Notices: taken in from the desk, verified whenever they are read, found, and accounted for."""
