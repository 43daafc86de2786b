"""What makes two posted forms the same."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from people.shared.submissions import content_digest


def digest(*names):
    files = [SimpleUploadedFile(name, b"x") for name in names]
    return content_digest(RequestFactory().post("/", {"images": files}))


def test_every_file_of_an_input_counts():
    assert digest("a.jpg", "b.jpg") == digest("a.jpg", "b.jpg")
    assert digest("a.jpg", "b.jpg") != digest("c.jpg", "b.jpg")
