"""The ledger: one entry (entry), a chain of them (chain), and the daily sealed root over all chains (checkpoint)."""
