"""The school's rules as pure functions: facts in, a value out; no clock, no database."""
