"""What browsers are told to refuse."""

from warmline.features.security.headers import content_policy, page_headers


def test_our_pages_load_nothing_from_anybody_else_and_live_in_no_frame():
    headers = page_headers("/", https=True)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["strict-transport-security"].startswith("max-age=")


def test_the_widget_s_files_may_be_used_on_a_shop_s_page_and_no_document_is_embedded_unless_it_says_by_whom():
    headers = page_headers("/widget/loader.js", https=False)
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert "x-frame-options" not in headers
    assert "strict-transport-security" not in headers


def test_answers_of_the_interface_are_not_kept_by_anybody():
    assert page_headers("/api/auth/me", https=False)["cache-control"] == "no-store"
    assert "cache-control" not in page_headers("/assets/app.js", https=False)


def test_a_known_inline_style_is_allowed_by_its_hash():
    assert "style-src 'self' 'sha256-abc='" in content_policy(style_hashes=["sha256-abc="])


def test_our_own_pages_may_ask_for_the_microphone_and_nobody_they_embed():
    policy = page_headers("/desk", https=True)["permissions-policy"]
    assert "microphone=(self)" in policy
    assert "camera=()" in policy
