"""Pages of the fine calculator (calculator.py) and the same as JSON (api.py). Both are open to everybody and keep nothing."""
