"""Lessons as the timetable gives rise to them, and who takes them."""
