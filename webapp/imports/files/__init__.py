"""Files as numbered rows of text, whatever they are."""
