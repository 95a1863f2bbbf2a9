"""Working days and periods: what day it is by law, and when a period ends."""
