import { describe, expect, it } from "vitest";
import { createPhotoSlots } from "../../../src/analysis/photo-slots.ts";

/** A clock that only goes on while somebody sleeps; what shall happen at a time happens then. */
function sleepyClock() {
  let time = 0;
  const events = new Map<number, () => void>();
  return {
    now: () => time,
    at: (ms: number, event: () => void) => void events.set(ms, event),
    async sleep(ms: number) {
      time += ms;
      for (const [due, event] of events) {
        if (due <= time) {
          events.delete(due);
          event();
        }
      }
    },
  };
}

describe("places for whole photos", () => {
  it("are given to two at once, and to the next when one is given back", async () => {
    const clock = sleepyClock();
    const slot = createPhotoSlots(clock);
    const [first, second, third] = [slot(), slot(), slot()];
    expect([await first.take(), await second.take()]).toEqual([true, true]);
    expect(clock.now()).toBe(0);
    clock.at(3_000, () => first.give());
    expect(await third.take()).toBe(true);
    expect(clock.now()).toBe(3_000);
  });

  it("are not waited for longer than ten seconds", async () => {
    const clock = sleepyClock();
    const slot = createPhotoSlots(clock, 1);
    await slot().take();
    expect(await slot().take()).toBe(false);
    expect(clock.now()).toBe(10_000);
  });

  it("that somebody had who was stopped are given to others after two minutes", async () => {
    const clock = sleepyClock();
    const slot = createPhotoSlots(clock, 1);
    await slot().take();
    await clock.sleep(115_000);
    const later = slot();
    expect(await later.take()).toBe(true);
    expect(clock.now()).toBe(120_000);
  });

  it("may be given back twice, and without having been taken", async () => {
    const clock = sleepyClock();
    const slot = createPhotoSlots(clock, 1);
    const [first, second] = [slot(), slot()];
    await first.take();
    second.give();
    expect(await second.take()).toBe(false);
    first.give();
    first.give();
    expect(await second.take()).toBe(true);
  });
});
