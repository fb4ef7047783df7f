"""What the studio refuses."""

from __future__ import annotations

from http.client import HTTPConnection

import pytest

from speechcast.studio.security import MAX_BODY_BYTES, list_hosts
from tests.support.studio_client import Client

TEXT = "各位代表：大家好。今天是5月3日。谢谢大家！"


def test_the_token_of_the_address_becomes_a_cookie_that_scripts_do_not_see(studio: Client) -> None:
    answer = studio.get(f"/?token={studio.token}", Authorization=None)
    assert answer.status == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    name = cookie.partition(";")[0]
    assert studio.get("/", Authorization=None, Cookie=name).status == 200
    assert studio.get("/api/projects", Authorization=None, Cookie=name).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/api/projects", "/api/voices", "/v1/models", "/?token=wrong", "/?token="]
)
def test_nothing_is_answered_without_the_token(studio: Client, path: str) -> None:
    assert studio.get(path, Authorization=None).status == 401
    assert studio.get(path, Authorization="Bearer wrong").status == 401
    other = f"speechcast_{studio.port}=wrong"
    assert studio.get(path, Authorization=None, Cookie=other).status == 401


def test_a_cookie_does_not_open_the_interface_for_other_programs(studio: Client) -> None:
    cookie = f"speechcast_{studio.port}={studio.token}"
    answer = studio.send("GET", "/v1/models", Authorization=None, Cookie=cookie)
    assert answer.status == 401
    assert answer.json["error"]["code"] == "invalid_api_key"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "localhost.evil.example:{port}", "", "[", "10.0.0.1"],
)
def test_a_name_that_was_made_to_point_here_is_refused(studio: Client, host: str) -> None:
    assert studio.get("/api/projects", Host=host.format(port=studio.port)).status == 421


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}"])
def test_the_names_of_this_machine_are_answered(studio: Client, host: str) -> None:
    assert studio.get("/api/projects", Host=host.format(port=studio.port)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},  # another program of this machine
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_request_of_another_origin_is_refused(studio: Client, headers: dict[str, str]) -> None:
    sent = {name: value.format(port=studio.port) for name, value in headers.items()}
    assert studio.get("/api/projects", **sent).status == 403
    assert studio.send("POST", "/api/projects", b"{}", **sent).status == 403


def test_our_own_origin_is_answered(studio: Client) -> None:
    own = {"Origin": f"http://127.0.0.1:{studio.port}", "Sec_Fetch_Site": "same-origin"}
    assert studio.get("/api/projects", **own).status == 200


def test_a_form_of_another_site_is_no_json(studio: Client) -> None:
    answer = studio.send(
        "POST", "/api/projects", b'{"text": "\xe5\xa5\xbd"}', Content_Type="text/plain"
    )
    assert answer.status == 400


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(studio: Client) -> None:
    answer = studio.send("POST", "/api/projects", b"", Content_Length=str(MAX_BODY_BYTES + 1))
    assert answer.status == 413
    assert "MB" in answer.json["error"]


def test_an_upload_that_does_not_say_its_size_is_refused_where_it_is_too_large(
    studio: Client,
) -> None:
    connection = HTTPConnection("127.0.0.1", studio.port, timeout=60)
    connection.putrequest("POST", "/api/projects")
    connection.putheader("Authorization", f"Bearer {studio.token}")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    try:
        for _ in range(MAX_BODY_BYTES // 0x100000 + 2):
            connection.send(chunk)
        connection.send(b"0\r\n\r\n")
    except OSError:
        pass  # it was refused meanwhile
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize(
    "name",
    [
        "..%2Fspeech.txt",
        "..",
        "%2Fetc%2Fpasswd",
        "..%5Cspeech.txt",
        "speech.txt",
        "a%00b",
        "x" * 5000,
    ],
)
def test_files_come_from_the_output_folder_alone(studio: Client, name: str) -> None:
    path = studio.create(TEXT)
    assert studio.get(f"{path}/files/{name}").status == 404


@pytest.mark.parametrize("name", ["..", "%2E%2E", "..%2F..%2Fetc", "%2Fetc", "a%00", "."])
def test_projects_come_from_their_folder_alone(studio: Client, name: str) -> None:
    path = studio.create(TEXT)
    assert studio.get(f"/api/projects/{name}").status == 404
    assert studio.send("DELETE", f"/api/projects/{name}").status == 404
    assert studio.get(path).status == 200


@pytest.mark.parametrize("voice", ["/etc/passwd.toml", "../x.toml", "x/../../y.toml"])
def test_a_voice_is_no_path_out_of_the_project(studio: Client, voice: str) -> None:
    path = studio.create(TEXT)
    for answer in (
        studio.patch(f"{path}/settings", {"voice": voice}),
        studio.patch(f"{path}/settings", {"style": voice}),
        studio.patch(f"{path}/settings", {"cast": {"甲": voice}}),
        studio.patch(f"{path}/sentences/1", {"voice": voice}),
    ):
        assert answer.status == 400
        assert "outside its folder" in answer.json["error"]


def test_what_a_browser_may_do_with_the_page_is_stated(studio: Client) -> None:
    policy = studio.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert studio.get("/api/voices").headers["x-content-type-options"] == "nosniff"


def test_text_is_never_html(studio: Client) -> None:
    path = studio.create("<script>alert(1)</script> 各位代表，大家好。")
    answer = studio.get(path)
    assert answer.headers["content-type"] == "application/json"
    assert "<script>alert(1)</script>" in answer.json["text"]


def test_everywhere_means_every_address_and_no_name() -> None:
    assert "evil.example" not in list_hosts("0.0.0.0")
