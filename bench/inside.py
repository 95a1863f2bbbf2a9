"""The second half of `python -m bench`: the environment stands, so Django can be set up and everything imported."""

import importlib

import django

# Only for the program itself: the processes that play users import this file too and must stay light.
if __name__ == "__main__":
    django.setup()
    importlib.import_module("bench.run").main()
