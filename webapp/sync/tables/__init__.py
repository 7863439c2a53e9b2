"""The tables that follow from the log, and the rows that tablets hold of them."""
