"""A procedure as data (definition), where a case stands and may go (engine), and what the law asks of each step (guards)."""
