import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFetchPhoto } from "../../../src/intake/fetch-photo.ts";
import { ok } from "../../../src/result.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Rejects when the call is called off, as `fetch` does. */
const untilAborted = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));

describe("the fetch of a photo", () => {
  it("is called off when its server has not answered within 10 seconds", async () => {
    const fetchPhoto = createFetchPhoto((_, { signal }) => untilAborted(signal));
    const photo = fetchPhoto("https://photos.example.com/lunch.jpg");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await photo).toMatchObject({
      error: { code: "photo_not_fetched", errors: [{ message: "did not send a photo within 10 seconds" }] },
    });
  });

  it("is called off when its server answers and then sends too slowly", async () => {
    const fetchPhoto = createFetchPhoto(async (_, { signal }) => {
      const body = new ReadableStream({
        start: (controller) => signal?.addEventListener("abort", () => controller.error(new Error("aborted"))),
      });
      return ok(new Response(body));
    });
    const photo = fetchPhoto("https://photos.example.com/lunch.jpg");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await photo).toMatchObject({ error: { code: "photo_not_fetched" } });
  });

  it("leaves no timer behind", async () => {
    const fetchPhoto = createFetchPhoto(async () => ok(new Response("bytes")));
    expect(await fetchPhoto("https://photos.example.com/lunch.jpg")).toMatchObject({ ok: true });
    expect(vi.getTimerCount()).toBe(0);
  });
});
