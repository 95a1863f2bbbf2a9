"""Files as they came in: hashed while they are read, kept once under their SHA-256, never written again."""

import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from huanfa.core.errors import NotAllowed, Reason

# What may come in: extension, media type as it is handed out again, what it is called.
TYPES = {
    "jpg": ("image/jpeg", "JPEG 图片"),
    "png": ("image/png", "PNG 图片"),
    "pdf": ("application/pdf", "PDF 文件"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文件"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 文件"),
    "mp4": ("video/mp4", "MP4 视频"),
    "m4a": ("audio/mp4", "M4A 录音"),
    "mp3": ("audio/mpeg", "MP3 录音"),
    "txt": ("text/plain", "文本文件"),
}
ALIASES = {"jpeg": "jpg"}
LONGEST_NAME = 120
# The file system wants none of these in a name; neither do people.
FORBIDDEN = set('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that has come in."""

    sha256: str
    size: int
    media_type: str
    name: str


def keep(name: str, chunks: Iterable[bytes]) -> Stored:
    """Read a file in, hash it on the way, and keep it. Raises NotAllowed if it is too big or not what its name says.

    Nothing is lost if what follows fails: a file without an exhibit is merely not referred to.
    """
    clean = clean_name(name)
    folder = Path(settings.HUANFA_EVIDENCE)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".incoming-{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.HUANFA_EVIDENCE_LIMIT:
                    raise _refusal(f"文件超过{settings.HUANFA_EVIDENCE_LIMIT // 2**20}MB，请分段或者压缩后再上传")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise _refusal("文件是空的")
        media_type = _checked_type(draft, clean)
        place = path_of(digest.hexdigest())
        place.parent.mkdir(mode=0o700, exist_ok=True)
        with suppress(FileExistsError):     # the very same file may be there already
            os.link(draft, place)
    finally:
        draft.unlink(missing_ok=True)
    return Stored(digest.hexdigest(), size, media_type, clean)


def path_of(sha256: str) -> Path:
    """Where a file of that hash lies."""
    return Path(settings.HUANFA_EVIDENCE) / sha256[:2] / sha256


def is_untouched(sha256: str) -> bool:
    """Whether the file of that hash is there and still has it."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def clean_name(name: str) -> str:
    """A file's name without folders, control characters and what file systems forbid."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(one for one in last if one.isprintable() and one not in FORBIDDEN).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:LONGEST_NAME]}.{ending[:10]}" if dot and stem else kept[:LONGEST_NAME]


def _checked_type(path: Path, name: str) -> str:
    """The media type by content, which must be what the name says."""
    ending = name.rpartition(".")[2].lower()
    ending = ALIASES.get(ending, ending)
    allowed = "、".join(TYPES)
    if ending not in TYPES:
        raise _refusal(f"不能上传这种文件；可以上传的有：{allowed}")
    found = _type_by_content(path)
    if found is None:
        raise _refusal(f"文件内容不是可以上传的种类（{allowed}），或者已经损坏")
    if found != ending:
        raise _refusal(f"文件名说是{TYPES[ending][1]}，内容却是{TYPES[found][1]}，请上传原始文件")
    return TYPES[found][0]


def _type_by_content(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _office(path)
    if head[4:8] == b"ftyp":
        return "m4a" if head[8:11] == b"M4A" else "mp4"
    if head.startswith(b"ID3") or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "mp3"
    return "txt" if _is_text(path) else None


def _office(path: Path) -> str | None:
    """Which office format a zip file is; only its list of names is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):
        return None
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None


def _is_text(path: Path) -> bool:
    """Text in UTF-8 or GB 18030 without control characters."""
    data = path.read_bytes()
    if any(byte < 32 and byte not in b"\t\n\r" for byte in set(data)):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _refusal(sentence: str) -> NotAllowed:
    return NotAllowed([Reason(sentence, "", "file")])
