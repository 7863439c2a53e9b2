"""Setting up a school on a fresh server."""
