/** Pictures of the products: a few plain shapes each, in the page's own colours (see art.css). */

const SVG = "http://www.w3.org/2000/svg";

/** Layers from back to front: class of the paint, then the outline. */
const ART: Record<string, [paint: string, path: string][]> = {
  "desk-lamp": [
    ["glow", "M92 60l42 28-10 40-54-38z"],
    ["dark", "M62 150h56v6H62zM88 152V96l34-40 4 4-32 38v54z"],
    ["main", "M104 40l44 30-14 18-48-34z"],
  ],
  "tea-kettle": [
    ["dark", "M72 74c0-34 56-34 56 0h-6c0-24-44-24-44 0z"],
    ["main", "M58 150c-14-30-6-66 42-66s56 36 42 66z"],
    ["soft", "M142 112l24-24 6 5-22 36zM88 76h24v8H88z"],
    ["dark", "M56 150h88v6H56z"],
  ],
  headphones: [
    ["dark", "M52 112c0-66 96-66 96 0h-8c0-54-80-54-80 0z"],
    ["main", "M46 108h22v46H56c-8 0-14-6-14-14v-24zM154 108h-22v46h12c8 0 14-6 14-14v-24z"],
    ["soft", "M64 112h8v38h-8zM128 112h8v38h-8z"],
  ],
  backpack: [
    ["dark", "M84 58c0-20 32-20 32 0h-6c0-12-20-12-20 0z"],
    ["main", "M60 154V88c0-22 16-32 40-32s40 10 40 32v66z"],
    ["soft", "M72 110h56v34H72z"],
    ["dark", "M72 118h56v4H72zM96 118h8v14h-8z"],
  ],
  "water-bottle": [
    ["dark", "M86 44h28v14H86z"],
    ["main", "M80 62h40c6 8 8 14 8 24v60c0 6-4 10-10 10H82c-6 0-10-4-10-10V86c0-10 2-16 8-24z"],
    ["soft", "M72 96h56v30H72z"],
  ],
  "wall-clock": [
    ["main", "M100 48a54 54 0 1 0 .1 0z"],
    ["paper", "M100 58a44 44 0 1 0 .1 0z"],
    ["dark", "M98 70h4v32h-4zM100 100l24 14-2 4-24-14zM100 97a5 5 0 1 0 .1 0z"],
  ],
  "office-chair": [
    ["main", "M70 46h60c6 0 8 4 8 10l-4 44H66l-4-44c0-6 2-10 8-10z"],
    ["soft", "M62 104h76c6 0 8 14 0 14H62c-8 0-6-14 0-14z"],
    ["dark", "M97 118h6v22h-6zM66 152l34-14 34 14v6l-34-12-34 12zM66 152h8v8h-8zM126 152h8v8h-8zM96 146h8v14h-8z"],
  ],
  "coffee-maker": [
    ["main", "M60 44h76v22H92v68h44v22H60z"],
    ["soft", "M98 90h40l-4 40h-32z"],
    ["dark", "M98 84h40v6H98zM138 96h12v24h-14v-5h9v-14h-8zM108 66h20v8h-20z"],
  ],
};

export function picture(id: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 200 200");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `art art-${id}`);
  for (const [paint, d] of ART[id] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", paint);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
