"""Attendance by session: the national codes, and what is counted from them."""
