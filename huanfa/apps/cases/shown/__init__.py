"""What the pages of cases show, as plain data read from the case and its rules. Nothing is decided here."""
