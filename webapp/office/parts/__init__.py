"""What pages of several sections share."""
