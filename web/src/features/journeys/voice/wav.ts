/** Samples as a WAV file, as the telephone plays it: PCM, 16 bits, mono. Pure. */

export const RATE_HZ = 16_000;
const HEADER_BYTES = 44;

/** A WAV file of samples from −1 to 1; louder ones are limited. Source: Microsoft RIFF, WAVE_FORMAT_PCM. */
export function wavOf(samples: Float32Array, rate_hz = RATE_HZ): ArrayBuffer {
  const file = new ArrayBuffer(HEADER_BYTES + samples.length * 2);
  const view = new DataView(file);
  const letters = (at: number, text: string) => {
    for (let index = 0; index < text.length; index += 1) view.setUint8(at + index, text.charCodeAt(index));
  };
  letters(0, "RIFF");
  view.setUint32(4, file.byteLength - 8, true);
  letters(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate_hz, true);
  view.setUint32(28, rate_hz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  letters(36, "data");
  view.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries()) {
    const limited = Math.max(-1, Math.min(1, sample));
    view.setInt16(HEADER_BYTES + index * 2, Math.round(limited * 32_767), true);
  }
  return file;
}
