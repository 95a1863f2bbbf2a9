"""The settings under test: those of the bureau, with a data folder of their own that is gone afterwards."""

import atexit
import os
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix="huanfa-test-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["HUANFA_VAR"] = folder
for name in ("HUANFA_PACK", "HUANFA_DEMO", "HUANFA_DEBUG", "HUANFA_HTTPS", "HUANFA_ALLOWED_HOSTS"):
    os.environ.pop(name, None)

from huanfa.config.settings import *  # noqa: E402, F403
from huanfa.config.settings import DATABASES, HUANFA_VAR, STATIC_ROOT, STORAGES  # noqa: E402

# Passwords are not what is tested; the real hasher takes a quarter of a second each.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The live server of the browser tests serves static files itself; nothing is collected beforehand.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True)

# A file, as in use: an SQLite database in memory shared by threads does not wait for its locks.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": HUANFA_VAR / "test.sqlite3"}
