"""The demo's way of delivering codes: as text messages into the fake phones of the shop's customers."""

import hashlib

from warmline.connectors.http.connector import HttpConnector
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import ContactPoint

TEXTS = {
    "ko": "[온다] 인증번호는 {code}입니다. {minutes}분 안에 입력해 주세요. 다른 사람에게 알려 주지 마세요.",
    "ja": "【オンダ】認証コードは {code} です。{minutes}分以内にご入力ください。ほかの方には教えないでください。",
    "en": "[Onda] Your code is {code}. Please enter it within {minutes} minutes, and do not share it with anyone.",
}


class DemoPhones:
    """A CodeSender that texts through the shop's operation `phone.send`."""

    def __init__(self, connector: HttpConnector) -> None:
        self._connector = connector

    def serves(self, tenant_id: str) -> bool:
        return tenant_id == self._connector.config.tenant_id

    async def send_code(self, tenant_id: str, to: ContactPoint, code: str, valid_s: int) -> None:
        if not self.serves(tenant_id):
            raise ProviderFailed("No text messages can be sent for this tenant.", retryable=False)
        text = TEXTS[to.locale].format(code=code, minutes=valid_s // 60)
        key = hashlib.sha256(f"{to.address}|{text}".encode()).hexdigest()[:32]
        await self._connector.call("phone.send", {"to": to.address, "text": text}, key)
