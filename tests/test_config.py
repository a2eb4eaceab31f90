"""The configuration reports every problem at once, and says what to do."""

from pathlib import Path

import pytest

from warmline.config import ConfigError, load_config


def test_an_empty_environment_is_a_working_laptop():
    config = load_config({})
    assert config.base_url == "http://127.0.0.1:8420"
    assert config.loopback_only
    assert not config.demo


def test_environment_wins_over_file_and_flags_win_over_both(tmp_path: Path):
    file = tmp_path / "warmline.toml"
    file.write_text('port = 9000\nlog_level = "debug"\n')
    environment = {"WARMLINE_CONFIG": str(file), "WARMLINE_PORT": "9001"}
    assert load_config(environment).port == 9001
    assert load_config(environment, port=9002).port == 9002
    assert load_config(environment).log_level == "debug"


def test_every_problem_is_named_in_one_go():
    with pytest.raises(ConfigError) as caught:
        load_config({"WARMLINE_PROT": "1", "WARMLINE_PORT": "many", "WARMLINE_SIMULATION": "perhaps"})
    text = str(caught.value)
    assert "WARMLINE_PROT is not a setting" in text
    assert "WARMLINE_PORT is 'many'" in text
    assert "WARMLINE_SIMULATION is 'perhaps'" in text


def test_the_demo_cannot_be_left_on_where_others_can_reach_it():
    with pytest.raises(ConfigError, match="without a password"):
        load_config({"WARMLINE_HOST": "0.0.0.0"}, demo=True)  # noqa: S104
    assert load_config({}, demo=True).demo


def test_a_telephone_that_cannot_work_is_told_at_the_start():
    with pytest.raises(ConfigError) as problem:
        load_config({"WARMLINE_SIP_PORT": "70000", "WARMLINE_MEDIA_PORTS": "many", "WARMLINE_SIPS_PORT": "5061"})
    for name in ("sip_port", "media_ports", "sips_certificate"):
        assert name in str(problem.value)
    assert load_config({"WARMLINE_MEDIA_PORTS": "20000-20999"}).audio_ports == (20000, 20999)


def test_a_daemon_for_the_audio_is_named_by_its_address():
    config = load_config({"WARMLINE_RTPENGINE": "[::1]:2223", "WARMLINE_RTPENGINE_KEYS": "127.0.0.1:2225"})
    assert config.rtpengine_addresses == (("::1", 2223), ("127.0.0.1", 2225))
    for wrong in ("2223", "here", "127.0.0.1:many", "127.0.0.1:0"):
        with pytest.raises(ConfigError, match=r"127\.0\.0\.1:2223"):
            load_config({"WARMLINE_RTPENGINE": wrong})
