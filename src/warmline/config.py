"""Boot configuration: one frozen record from a TOML file and `WARMLINE_*`, all problems reported at once."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_address
from pathlib import Path

LOG_LEVELS = ("debug", "info", "warning", "error")


class ConfigError(Exception):
    """The configuration cannot be used; the text lists every problem and its remedy."""


@dataclass(frozen=True)
class Config:
    """Where things are. Empty `database_url`: the embedded PostgreSQL in `data_dir`."""

    data_dir: Path = Path(".warmline")
    database_url: str = ""  # as the unprivileged role warmline_app
    admin_database_url: str = ""  # as an owner that may create roles and tables; used by `migrate` only
    host: str = "127.0.0.1"
    port: int = 8420
    public_url: str = ""  # what browsers use; default http://host:port
    trusted_origins: str = ""  # comma-separated further origins that may open the desk
    demo: bool = False
    demo_commerce_port: int = 8431
    simulation: bool = True  # demo only: simulated customers and colleagues
    log_level: str = "info"
    connectors: str = ""  # a JSON file of HTTP connectors, see docs/howto/connectors.md
    trust_forwarded: bool = False  # behind a proxy of ours that sets X-Forwarded-For
    voice: bool = True  # `up` starts the telephone, too
    voice_host: str = "127.0.0.1"  # where SIP and audio arrive
    voice_public_address: str = ""  # the IP address carriers and browsers see, if it is another
    sip_port: int = 5060  # UDP and TCP
    sips_port: int = 0  # TLS; 0: none
    sips_certificate: str = ""  # a PEM file each
    sips_key: str = ""
    media_ports: str = "30000-31999"  # UDP, for audio: one a leg and one for its control
    media_workers: int = 1
    rtpengine: str = ""  # HOST:PORT of a daemon's `listen-ng` to carry the audio; empty: our own workers
    rtpengine_keys: str = "127.0.0.1:2224"  # where its `dtmf-log-dest` points, on this machine
    rtpengine_recordings: str = ""  # its `recording-dir`, if unencrypted captures may lie there
    rtpengine_dials: bool = False  # keys can be sent; the daemon then decodes every call
    voice_drain_s: int = 1800  # how long running calls may last when a voice process is asked to stop

    @property
    def base_url(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of our own pages."""
        named = [self.base_url, *(part.strip() for part in self.trusted_origins.split(",") if part.strip())]
        if self.loopback_only and not self.public_url:
            named += [f"http://{host}:{self.port}" for host in ("localhost", "127.0.0.1")]
        return tuple(dict.fromkeys(named))

    @property
    def audio_ports(self) -> tuple[int, int]:
        """The first and the last port for audio. Raises ValueError for what is no range."""
        low, _, high = self.media_ports.partition("-")
        return int(low), int(high)

    @property
    def rtpengine_addresses(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """Where the daemon listens, and where it tells keys. Raises ValueError for what is no HOST:PORT."""
        return _address(self.rtpengine), _address(self.rtpengine_keys)

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def loopback_only(self) -> bool:
        return self.host == "localhost" or _is_loopback(self.host)


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not 1 <= int(port) <= 65535:
        raise ValueError(f"{text!r} is no HOST:PORT")
    return host.strip("[]"), int(port)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_CASTS = {"Path": Path, "str": str, "int": int}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _cast(name: str, kind: str, raw: object) -> object:
    if kind == "bool":
        text = str(raw).lower()
        if text not in _TRUE | _FALSE:
            raise ValueError(f"{name} is {raw!r}; write true or false")
        return text in _TRUE
    try:
        return _CASTS[kind](str(raw))
    except ValueError:
        raise ValueError(f"{name} is {raw!r}; write a whole number") from None


def load_config(environment: Mapping[str, str] | None = None, **overrides: object) -> Config:
    """Read `WARMLINE_CONFIG` (a TOML file, optional), then `WARMLINE_*`, then `overrides` that are not None.

    Raises ConfigError naming every unknown key and every unusable value.
    """
    environment = os.environ if environment is None else environment
    known = {field.name: str(getattr(field.type, "__name__", field.type)) for field in fields(Config)}
    problems: list[str] = []
    values: dict[str, object] = {}

    def take(name: str, raw: object, where: str) -> None:
        if name not in known:
            problems.append(f"{where} is not a setting. Known are: {', '.join(sorted(known))}.")
            return
        try:
            values[name] = _cast(where, known[name], raw)
        except ValueError as problem:
            problems.append(f"{problem}.")

    path = environment.get("WARMLINE_CONFIG")
    if path:
        try:
            for name, raw in tomllib.loads(Path(path).read_text()).items():
                take(name, raw, f"{name} in {path}")
        except (OSError, tomllib.TOMLDecodeError) as failure:
            problems.append(f"WARMLINE_CONFIG={path} cannot be read: {failure}. Correct the path or the file.")
    reserved = {"WARMLINE_CONFIG", "WARMLINE_MASTER_KEY"}
    for variable, raw in environment.items():
        if variable.startswith("WARMLINE_") and variable not in reserved:
            take(variable.removeprefix("WARMLINE_").lower(), raw, variable)
    for name, raw in overrides.items():
        if raw is not None:
            values[name] = raw
    config = Config(**values)  # pyright: ignore[reportArgumentType] -- every value was cast to its field's type
    problems += _contradictions(config)
    if problems:
        raise ConfigError("\n".join(problems))
    return config


def _contradictions(config: Config) -> list[str]:
    found = []
    if not 0 <= config.port <= 65535:
        found.append(f"port is {config.port}; choose one between 1 and 65535.")
    found += _voice_contradictions(config)
    if config.log_level not in LOG_LEVELS:
        found.append(f"log_level is {config.log_level!r}; choose one of {', '.join(LOG_LEVELS)}.")
    if config.demo and not config.loopback_only:
        found.append(
            f"The demo lets anybody in without a password, so it only listens on this machine, not on "
            f"{config.host}. Leave out --demo, or use --host 127.0.0.1."
        )
    if config.admin_database_url and not config.database_url:
        found.append("admin_database_url is set without database_url. Set both, or neither for the embedded one.")
    return found


def _voice_contradictions(config: Config) -> list[str]:
    found = []
    for name, port in (("sip_port", config.sip_port), ("sips_port", config.sips_port)):
        if not 0 <= port <= 65535:
            found.append(f"{name} is {port}; choose one between 1 and 65535.")
    if config.sips_port and not (config.sips_certificate and config.sips_key):
        found.append("sips_port is set without sips_certificate and sips_key. Set all three, or none.")
    try:
        low, high = config.audio_ports
    except ValueError:
        found.append(f"media_ports is {config.media_ports!r}; write a range like 30000-31999.")
    else:
        if not 1024 <= low < high <= 65535:
            found.append(f"media_ports is {config.media_ports}; choose a range between 1024 and 65535.")
    if config.rtpengine:
        try:
            _ = config.rtpengine_addresses
        except ValueError:
            found.append(
                f"rtpengine is {config.rtpengine!r} and rtpengine_keys {config.rtpengine_keys!r};"
                " write both like 127.0.0.1:2223."
            )
    if not 1 <= config.media_workers <= 64:
        found.append(f"media_workers is {config.media_workers}; choose between 1 and 64.")
    return found
