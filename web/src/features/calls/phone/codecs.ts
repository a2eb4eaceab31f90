/** Which codecs a call offers, in the order of the telephone network, so that nothing is transcoded on the way. */

/** Small first; what is not named is not offered. `telephone-event` carries keys. */
const ORDER = ["audio/pcmu", "audio/pcma", "audio/g722", "audio/opus", "audio/telephone-event"];

export function preferredCodecs<C extends { mimeType: string }>(known: readonly C[]): C[] {
  const place = (codec: C) => ORDER.indexOf(codec.mimeType.toLowerCase());
  return known.filter((codec) => place(codec) >= 0).sort((a, b) => place(a) - place(b));
}
