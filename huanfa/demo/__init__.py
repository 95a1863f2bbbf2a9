"""The demonstration: a fictitious year and live cases, made by driving the real actions with a fixed seed."""
