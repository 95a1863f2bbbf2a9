"""Turns an upload away by its announced length, before a byte of it is written anywhere."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

# What the other fields of a form may take besides the file.
BESIDES = 2**20


class Limit(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS. The file's own size is measured again while it is read in (store.py)."""

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        """Raises RequestDataTooBig, which the bad-request page tells the officer."""
        if content_length > settings.HUANFA_EVIDENCE_LIMIT + BESIDES:
            raise RequestDataTooBig(f"上传的文件超过{settings.HUANFA_EVIDENCE_LIMIT // 2**20}MB，没有保存。")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands every piece on to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is another handler's."""
