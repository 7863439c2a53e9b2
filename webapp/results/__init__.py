"""What is read from the marks and stays that stand: levels, receipts, boards and figures."""
