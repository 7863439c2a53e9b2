"""From a fresh server to a school at work."""
