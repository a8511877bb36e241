"""The desk's pages, one noun to a module."""
