"""Backups: one file that holds a whole school, made while it works, and putting one back."""
