import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { JourneyJson } from "../seams";
import { readJourney, writeJourney } from "./clipboard";
import { insert, remove } from "./operations";
import { placeOf, places, stepAt } from "./paths";

/** Documents that somebody else made up, one a line; what the canvas makes of them goes into `<file>.out`. */
const file = process.env.WARMLINE_ROUND_TRIP;
const OWN = `{"id":"own","on_error":[{"step":"end","prompt":"bye"}],"sections":{"start":[
  {"step":"menu","prompt":"ask","options":[{"value":"a","label":"a","then":[{"step":"say","prompt":"hi"}]}],
   "give_up":[]},
  {"step":"goto","section":"start"}]}}`;

/** Take every step that a path leads to out and put it back where it was. */
function takenApart(journey: JourneyJson): JourneyJson {
  let next = journey;
  for (const { path } of places(journey)) {
    const step = stepAt(next, path);
    if (step === null) continue;
    const { block, index } = placeOf(path);
    const less = remove(next, [path]);
    next = insert(less, block, index, [step]);
  }
  return next;
}

it("a document the canvas reads, takes apart and puts together again is the same one", {
  timeout: 240_000,
}, () => {
  const lines = file === undefined ? [OWN] : readFileSync(file, "utf8").split("\n").filter(Boolean);
  const written: string[] = [];
  for (const line of lines) {
    const journey = readJourney(line);
    if (journey === null) throw new Error(`not a journey: ${line}`);
    const after = takenApart(journey);
    const read = JSON.parse(JSON.stringify(JSON.parse(line))); // a browser has no way to write -0
    expect(JSON.parse(writeJourney(after))).toEqual(read);
    written.push(JSON.stringify(JSON.parse(writeJourney(after))));
  }
  expect(written).toHaveLength(lines.length);
  if (file !== undefined) writeFileSync(`${file}.out`, `${written.join("\n")}\n`);
});
