"""What an import did, told and taken back."""
