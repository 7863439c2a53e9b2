"""What tablets hold, and how it looks on the wire (docs/protocol.md, "Rows")."""
