"""No tables: these pages only read."""
