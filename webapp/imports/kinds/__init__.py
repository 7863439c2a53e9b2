"""What each kind of import reads and makes."""
