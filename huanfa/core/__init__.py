"""The law as plain Python: decides, computes, explains. Standard library only; no clock, no rows, no network."""
