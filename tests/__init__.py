"""The tests, in the order of the house: core, rules, apps, walks, and the floors themselves."""
