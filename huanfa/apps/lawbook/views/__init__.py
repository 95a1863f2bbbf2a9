"""Pages of the rules: law.py laws and offences, days.py periods, thresholds and working days, practice.py papers and procedures."""
