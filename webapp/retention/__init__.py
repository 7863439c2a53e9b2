"""Deleting what the school no longer needs: what is past its time, in what order it goes, and what was deleted when."""
