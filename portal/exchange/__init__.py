"""What passes between the two houses: signed, sealed messages, handed over as files.

`outbox` takes a message inside the transaction that makes it true; `relay` hands it over until the
other side says it is stored, and gives what arrives to handlers, once in effect.
docs/exchange/README.md describes the same from the outside.
"""
