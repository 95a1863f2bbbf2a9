"""The bureau's key for daily checkpoints (Ed25519), kept in HUANFA_KEYS, and whether a stored checkpoint holds."""

import os
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from huanfa.apps.ledger.models import Checkpoint
from huanfa.core.ledger import checkpoint as core


def private_key() -> Ed25519PrivateKey:
    """The signing key; made on first use and readable by this account only."""
    folder = Path(settings.HUANFA_KEYS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "checkpoint.key"
    if path.exists():
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    key = Ed25519PrivateKey.generate()
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(raw)
    return key


def sign(message: bytes) -> tuple[str, str]:
    """Return (signature, public key) in hex."""
    key = private_key()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return key.sign(message).hex(), public.hex()


def holds(row: Checkpoint) -> bool:
    """Whether a stored checkpoint's root follows from its heads and its signature fits its own public key."""
    heads = [core.Head(*head) for head in row.heads]
    point = core.Checkpoint(_day(row.day), row.size, row.root, row.prev)
    if core.root(heads) != row.root or len(heads) != row.size or point.message() != row.message.encode():
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(row.public_key)).verify(
            bytes.fromhex(row.signature), row.message.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
