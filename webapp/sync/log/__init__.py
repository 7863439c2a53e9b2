"""The operation log: the one way in, who may write it, and what is kept when it cannot be used."""
