"""The capabilities as Django apps: they keep and show what core decides."""
