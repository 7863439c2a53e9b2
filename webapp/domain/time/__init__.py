"""Days, weeks, lessons and moments."""
