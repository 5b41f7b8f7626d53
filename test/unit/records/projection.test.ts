import { expect, it } from "vitest";
import { Projection } from "../../../src/record-object/projection.ts";
import { startSequence, type Sequence } from "../../../src/records/sequence.ts";
import { remove } from "../../../src/records/user-steps.ts";
import { pendingRecord } from "../../support/records.ts";

const inVersion = (version: number): Sequence =>
  startSequence(pendingRecord({ version }), null, { now: 0, newId: () => "id" });

/** A projection whose writes end when the test says so, and what was written. */
function setUp(version: number) {
  let current = inVersion(version);
  const writes: { version: number; end: (error?: Error) => void }[] = [];
  const projection = new Projection({
    current: () => current,
    write: ({ version: written }) =>
      new Promise((resolve, reject) => {
        writes.push({ version: written, end: (error) => (error === undefined ? resolve() : reject(error)) });
      }),
    written: () => undefined,
  });
  return { projection, writes, change: (next: Sequence) => (current = next) };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("D1 is written by one call at a time, however many wait", async () => {
  const { projection, writes, change } = setUp(2);
  const calls = Promise.all([1, 2, 3].map(() => projection.bringUpToDate()));
  await turn();
  expect(writes.map(({ version }) => version)).toEqual([2]);
  change(inVersion(3));
  writes[0]?.end();
  await turn();
  expect(writes.map(({ version }) => version)).toEqual([2, 3]);
  writes[1]?.end();
  await calls;
  expect(projection.version).toBe(3);
  expect(writes).toHaveLength(2);
});

it("a write that failed is told to who made it, and made again by the next call", async () => {
  const { projection, writes } = setUp(2);
  const failing = projection.bringUpToDate();
  writes[0]?.end(new Error("D1 is down"));
  await expect(failing).rejects.toThrow("D1 is down");
  expect(projection.version).toBe(0);
  const again = projection.bringUpToDate();
  writes[1]?.end();
  await again;
  expect(projection.version).toBe(2);
});

it("nothing is written of a version that D1 was seen to have, or of a deleted record", async () => {
  const { projection, writes, change } = setUp(2);
  projection.saw(2);
  await projection.bringUpToDate();
  change(remove(inVersion(3)).next);
  await projection.bringUpToDate();
  expect(writes).toEqual([]);
});
