"""A page that is a telephone: sings one tone, tells how loud it hears another, offers and answers by hand."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from tests.e2e.conftest import FLAGS

# Without the first, Chromium has no candidate for 127.0.0.1; without the second, no audio before a click.
VOICE_FLAGS = [
    *FLAGS,
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]
PHONE_HZ, BROWSER_HZ = 440, 1000

PAGE = """
async () => {
  const context = new AudioContext();
  await context.resume();
  const singer = context.createOscillator();
  singer.frequency.value = HERTZ;
  const out = context.createMediaStreamDestination();
  singer.connect(out);
  singer.start();
  window.begin = async (codec, more, mute) => {
    window.pc?.close();
    const pc = window.pc = new RTCPeerConnection();
    // Who is mute has no microphone: it takes part, and sends nothing at all.
    const sender = mute
      ? pc.addTransceiver('audio', {direction: 'sendrecv'}).sender
      : pc.addTrack(out.stream.getAudioTracks()[0], out.stream);
    window.sender = sender;
    window.unmute = () => sender.replaceTrack(out.stream.getAudioTracks()[0]);
    if (more) {
      pc.addTransceiver('video');
      pc.createDataChannel('chat');
    }
    if (codec) {
      const all = RTCRtpReceiver.getCapabilities('audio').codecs;
      const wanted = all.filter(c => [codec, 'audio/telephone-event'].includes(c.mimeType));
      pc.getTransceivers()[0].setCodecPreferences(wanted);
    }
    pc.ontrack = ({track}) => {
      const stream = new MediaStream([track]);
      // Chromium feeds Web Audio from a remote track only while an element plays it.
      const element = window.element = new Audio();
      element.srcObject = stream;
      element.muted = true;
      element.play();
      const ear = window.ear = context.createAnalyser();
      ear.fftSize = 8192;
      context.createMediaStreamSource(stream).connect(ear);
    };
    await pc.setLocalDescription(await pc.createOffer());
    return pc.localDescription.sdp;
  };
  window.answered = sdp => window.pc.setRemoteDescription({type: 'answer', sdp});
  window.hears = hertz => {
    if (!window.ear) return -200;
    const spectrum = new Float32Array(window.ear.frequencyBinCount);
    window.ear.getFloatFrequencyData(spectrum);
    const at = Math.round(hertz * window.ear.fftSize / context.sampleRate);
    return Math.max(-200, ...spectrum.slice(at - 2, at + 3).filter(Number.isFinite));
  };
}
""".replace("HERTZ", str(BROWSER_HZ))


@asynccontextmanager
async def voice_browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium_path, args=VOICE_FLAGS)
        yield running
        await running.close()


async def page_hears(page: Page, hertz: float, above_db: float = -60.0) -> None:
    await page.wait_for_function(
        "([hertz, above]) => window.hears(hertz) > above", arg=[hertz, above_db], timeout=15_000
    )


async def statistics(page: Page) -> list[dict[str, Any]]:
    return json.loads(
        await page.evaluate("async () => JSON.stringify([...(await window.pc.getStats()).values()])")
    )
