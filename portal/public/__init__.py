"""The citizens' site: it seals what is told to it and opens nothing but replies to a code."""
