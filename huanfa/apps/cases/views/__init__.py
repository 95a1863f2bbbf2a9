"""Pages of cases: reading.py shows, steps.py takes and signs steps, leads.py registers leads; deeds.py is what acting shares."""
