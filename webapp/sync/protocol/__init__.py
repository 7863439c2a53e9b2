"""The five calls of the protocol (docs/protocol.md), and how they look on the wire."""
