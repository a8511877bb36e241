"""What both sites share: one way to answer, to fail, to keep a transaction and to set a cookie."""
