"""Reflection spaces: who has one, who waits, and what stands when tablets did not know of each other."""
