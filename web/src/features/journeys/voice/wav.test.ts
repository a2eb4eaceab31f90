/** What the microphone heard becomes a file that the telephone can play. */
import { describe, expect, it } from "vitest";
import { RATE_HZ, wavOf } from "./wav";

describe("a recording as WAV", () => {
  const view = new DataView(wavOf(new Float32Array([0, 0.5, -1, 7])));
  const letters = (at: number) => String.fromCharCode(...[0, 1, 2, 3].map((next) => view.getUint8(at + next)));

  it("says what it is: PCM, mono, 16 kHz, 16 bits", () => {
    expect([0, 8, 12, 36].map(letters)).toEqual(["RIFF", "WAVE", "fmt ", "data"]);
    expect([view.getUint16(20, true), view.getUint16(22, true)]).toEqual([1, 1]);
    expect([view.getUint32(24, true), view.getUint16(34, true)]).toEqual([RATE_HZ, 16]);
    expect([view.getUint32(4, true), view.getUint32(40, true), view.byteLength]).toEqual([44, 8, 52]);
  });

  it("limits what is too loud instead of turning it over", () => {
    expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 16_384, -32_767, 32_767]);
  });
});
