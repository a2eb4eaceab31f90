/** A stereo recording in which either side can be made louder. */

export interface Stereo {
  /** -1: the caller only; 0: both; 1: our side only. Both are heard in both ears. */
  balance: (value: number) => void;
  close: () => void;
}

/** Put `element`'s sound through the two gains. Once per element. */
export function stereoOf(element: HTMLMediaElement): Stereo {
  const context = new AudioContext();
  const split = context.createChannelSplitter(2);
  const left = context.createGain();
  const right = context.createGain();
  context.createMediaElementSource(element).connect(split);
  split.connect(left, 0);
  split.connect(right, 1);
  left.connect(context.destination);
  right.connect(context.destination);
  void context.resume();
  return {
    balance: (value) => {
      left.gain.value = Math.min(1, 1 - value);
      right.gain.value = Math.min(1, 1 + value);
    },
    close: () => void context.close(),
  };
}
