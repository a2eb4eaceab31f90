/** Does a name fit what is being typed: all words, any order, width and case ignored, Korean by initial sounds too. */
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The initial sounds of Hangul syllables: 배송 → ㅂㅅ. */
export function initialSounds(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.charCodeAt(0) - 0xac00;
      return code >= 0 && code < 11_172 ? (INITIALS[Math.floor(code / 588)] ?? letter) : letter;
    })
    .join("");
}

export function matches(name: string, query: string): boolean {
  const folded = fold(name);
  const sounds = initialSounds(folded);
  return query
    .trim()
    .split(/\s+/)
    .every((word) => {
      if (/^[ㄱ-ㅎ]+$/.test(word)) return sounds.includes(word);
      return folded.includes(fold(word));
    });
}
