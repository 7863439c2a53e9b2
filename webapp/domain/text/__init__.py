"""Texts and names: measured, cleaned, compared and put in words."""
