"""Marks, means and levels."""
