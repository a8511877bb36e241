"""Reporting and accountability portal of a county supervision commission."""

__version__ = "0.1.0"
