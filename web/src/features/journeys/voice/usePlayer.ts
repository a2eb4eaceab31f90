/** One sound at a time, fetched with the session and played in the page. */
import { useCallback, useEffect, useRef, useState } from "react";

export interface Player {
  /** What plays now. */
  playing: string | null;
  /** Play what `fetched` brings, under a name; anything else stops. Rejects when it cannot be played. */
  play: (name: string, fetched: () => Promise<Blob>) => Promise<void>;
  stop: () => void;
}

export function usePlayer(): Player {
  const [playing, setPlaying] = useState<string | null>(null);
  const sound = useRef<{ audio: HTMLAudioElement; url: string } | null>(null);
  const turn = useRef(0);
  const stop = useCallback(() => {
    turn.current += 1;
    if (sound.current) {
      sound.current.audio.pause();
      URL.revokeObjectURL(sound.current.url);
      sound.current = null;
    }
    setPlaying(null);
  }, []);
  useEffect(() => stop, [stop]);
  const play = useCallback(
    async (name: string, fetched: () => Promise<Blob>) => {
      stop();
      const mine = turn.current;
      setPlaying(name);
      try {
        const url = URL.createObjectURL(await fetched());
        if (mine !== turn.current) {
          URL.revokeObjectURL(url);
          return;
        }
        const audio = new Audio(url);
        sound.current = { audio, url };
        audio.addEventListener("ended", () => mine === turn.current && stop());
        await audio.play();
      } catch (failure) {
        if (mine !== turn.current) return; // somebody stopped it
        stop();
        throw failure;
      }
    },
    [stop],
  );
  return { playing, play, stop };
}
