"""Tablets: enrolling, signing in on them, and the limits on guessing."""
