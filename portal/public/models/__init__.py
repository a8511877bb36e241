"""Tables of the public site; no row holds a text, a code or anything that was in a cookie."""
