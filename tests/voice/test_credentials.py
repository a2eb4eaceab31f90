from tests.sip.playbook import request, response
from tests.voice.conftest import carrier

from warmline.voice.credentials import authorize_as, authorize_with

CHALLENGE = 'Digest realm="carrier", nonce="n", algorithm=MD5, qop="auth"'


def test_challenges_of_servers_and_proxies_are_answered_in_their_own_headers():
    register = request("REGISTER")
    trunk = carrier(user="onda", password="x")

    by_server = authorize_with(trunk, register, response(register, 401, headers={"WWW-Authenticate": CHALLENGE}))
    by_proxy = authorize_with(trunk, register, response(register, 407, headers={"Proxy-Authenticate": CHALLENGE}))

    assert by_server is not None
    assert by_proxy is not None
    assert (by_server[0], by_proxy[0]) == ("Authorization", "Proxy-Authorization")
    assert 'username="onda"' in by_server[1]


def test_without_a_name_or_a_challenge_there_is_no_answer():
    register = request("REGISTER")

    assert authorize_as("", "", register, response(register, 401, headers={"WWW-Authenticate": CHALLENGE})) is None
    assert authorize_as("onda", "x", register, response(register, 401)) is None
    assert authorize_as("onda", "x", register, response(register, 403)) is None
