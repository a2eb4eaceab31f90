"""Trunks, numbers, desk phones and outgoing calls, as the interface takes and gives them, without secrets."""

import ipaddress
import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from warmline.features.admin.fields import NO_NUL, Label, Names, Slug, Strict, Version, unique
from warmline.kernel.locale import Locale

HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$|^[0-9a-fA-F:]{2,39}$"


def _network(value: str) -> str:
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError("use an address such as 203.0.113.7, or a network such as 203.0.113.0/24") from None
    # Whoever writes /0 lets everybody call as if they were the provider.
    if network.prefixlen < (16 if network.version == 4 else 32):
        raise ValueError("this network is too large for a provider's; name the networks it really calls from")
    return str(network)


def _region(value: str) -> str:
    import phonenumbers

    if value not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("use a country of two letters such as KR")
    return value


Network = Annotated[str, Field(max_length=64), AfterValidator(_network)]
Region = Annotated[str, Field(pattern="^[A-Z]{2}$"), AfterValidator(_region)]
Prefix = Annotated[str, Field(pattern=r"^\+[0-9]{0,14}$", description="Beginning of an international number")]
E164 = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{4,14}$")]
Milli = Annotated[int, Field(ge=0, le=10**12, description="Thousandths of your currency")]


class TrunkBody(Strict):
    """A provider's line: by `registration` we sign in, by `address` both sides know each other."""

    name: Names
    mode: Literal["registration", "address"]
    host: Annotated[str, Field(max_length=253, pattern=HOST)]
    port: Annotated[int, Field(ge=1, le=65535)] = 5060
    transport: Literal["udp", "tcp", "tls"] = "udp"
    srtp: Annotated[Literal["off", "optional", "required"], Field(description="Encryption of the audio")] = (
        "optional"
    )
    username: Annotated[str, Field(max_length=128, pattern=NO_NUL)] = ""
    addresses: Annotated[list[Network], Field(max_length=50, description="Where calls come from")] = Field(
        default_factory=list
    )
    caller_number: Annotated[
        str, Field(pattern=r"^(\+[1-9][0-9]{4,14})?$", description="Shown to who is called")
    ] = ""
    region: Region = "KR"
    inband_digits: Annotated[bool, Field(description="Keys arrive as tones in the audio")] = False
    priority: Annotated[int, Field(ge=1, le=100, description="1 is tried first")] = 1
    calls_at_most: Annotated[int, Field(ge=1, le=10_000)] = 30
    enabled: bool = True

    @model_validator(mode="after")
    def _makes_sense(self) -> "TrunkBody":
        if self.mode == "registration" and not self.username:
            raise ValueError("a line that signs in needs a user name")
        if self.mode == "address" and not self.addresses:
            raise ValueError("name the addresses that calls of this provider come from")
        if re.search(r"[\s\"<>]", self.username):
            raise ValueError("a user name has no blanks, quotes or brackets")
        return self


class TrunkNew(TrunkBody):
    id: Slug


class TrunkChange(TrunkBody):
    version: Version


class Trunk(TrunkChange):
    id: Slug


class PhoneNumberBody(Strict):
    """A number people dial, and the journey that answers. `trunk_id` empty: through whichever line it comes."""

    number: Annotated[str, Field(pattern=r"^(\+[1-9][0-9]{4,14}|[0-9]{2,8})$", description="+… or a short number")]
    name: Names
    journey_id: Slug
    locale: Locale = "ko"
    trunk_id: Slug | None = None
    record: Annotated[
        Literal["never", "announced"], Field(description="Calls with people are recorded, and said to be")
    ] = "announced"


class PhoneNumberNew(PhoneNumberBody):
    id: Slug


class PhoneNumberChange(PhoneNumberBody):
    version: Version


class PhoneNumber(PhoneNumberChange):
    id: Slug


class DeskPhoneBody(Strict):
    """A SIP phone on somebody's desk; its id is the extension it registers with."""

    name: Label
    agent_id: UUID | None = None
    enabled: bool = True


class DeskPhoneNew(DeskPhoneBody):
    id: Slug


class DeskPhoneChange(DeskPhoneBody):
    version: Version


class DeskPhone(DeskPhoneChange):
    id: Slug


class PriceRule(Strict):
    """What a minute is estimated to cost, for the daily cap."""

    prefix: Prefix
    per_minute_milli: Milli


class OutboundRuleSet(Strict):
    """What may be dialled. The longest prefix that fits decides; what nobody allowed is forbidden."""

    enabled: bool = True
    region: Region = "KR"
    allowed: Annotated[list[Prefix], Field(max_length=300)] = Field(default_factory=list)
    blocked: Annotated[list[Prefix], Field(max_length=300)] = Field(default_factory=list)
    costly_allowed: Annotated[bool, Field(description="Premium-rate, shared-cost and satellite numbers")] = False
    calls_per_minute: Annotated[int, Field(ge=0, le=100_000)] = 30
    daily_spend_cap_milli: Milli = 50_000_000
    unknown_price_milli: Milli = 500_000
    prices: Annotated[list[PriceRule], Field(max_length=1000)] = Field(default_factory=list)
    expected_minutes: Annotated[float, Field(ge=0, le=600)] = 3.0

    @model_validator(mode="after")
    def _once(self) -> "OutboundRuleSet":
        unique(list(self.allowed), "prefix")
        unique(list(self.blocked), "prefix")
        unique([one.prefix for one in self.prices], "prefix")
        return self


class OutboundPolicyBody(Strict):
    rules: OutboundRuleSet


class OutboundPolicyChange(OutboundPolicyBody):
    version: Version


class OutboundPolicy(OutboundPolicyChange):
    id: Slug
