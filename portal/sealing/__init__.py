"""What protects the portal's data: the age format, key manifest, tracking code, padding, contents.

Nothing here touches a database or a web framework. `unseal` loads stored private keys and is out of
reach of the public site; `replies` opens only what is addressed to a key derived from a code.
"""
