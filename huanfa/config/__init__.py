"""The top floor: settings, addresses and the pages every app shares. It knows the apps; no app knows it."""
