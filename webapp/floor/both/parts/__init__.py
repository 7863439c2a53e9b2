"""What screens and taps ask of the rows, and what stands around every screen."""
