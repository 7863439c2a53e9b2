"""What every request passes: who is at the browser, what they may open, and what is measured first."""
