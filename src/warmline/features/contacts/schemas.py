"""What the upload routes give."""

from uuid import UUID

from pydantic import BaseModel


class UploadOut(BaseModel):
    """A stored file. `media_type` is what the bytes say."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int
