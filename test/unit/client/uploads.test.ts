import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Morsel } from "../../../src/client/index.ts";
import { ACCEPTED, broken, callService, json, PHOTO } from "../../support/node/scripted-service.ts";

describe("an upload", () => {
  const buffer = Buffer.from([0, ...PHOTO, 0]).subarray(1, -1);

  it.each<[string, () => Parameters<Morsel["uploadImage"]>[0]]>([
    ["a Blob", () => new Blob([PHOTO])],
    ["a File", () => new File([PHOTO], "lunch.heic")],
    ["an ArrayBuffer", () => PHOTO.buffer],
    ["a Uint8Array", () => PHOTO],
    ["a Buffer that is a part of a larger one", () => buffer],
    ["shared memory", () => new Uint8Array(new SharedArrayBuffer(6)).fill(7)],
  ])("sends the bytes of %s", async (_, photo) => {
    const { morsel, requests } = callService([json(ACCEPTED, 202)]);
    expect(await morsel.uploadImage(photo())).toEqual(ACCEPTED);
    expect(requests[0]?.body).toEqual(_ === "shared memory" ? new Uint8Array(6).fill(7) : PHOTO);
    expect(requests[0]?.headers.get("content-type")).toBe("image/jpeg");
  });

  it("sends the bytes of a file by its path", async () => {
    const folder = await mkdtemp(join(tmpdir(), "morsel-photo-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "lunch.jpg"), PHOTO);
    const { morsel, requests } = callService([json(ACCEPTED, 202)]);
    await morsel.uploadImage({ path: join(folder, "lunch.jpg") });
    expect(requests[0]?.body).toEqual(PHOTO);
    await expect(morsel.uploadImage({ path: join(folder, "none.jpg") })).rejects.toThrow("ENOENT");
  });

  it("carries its options in the query", async () => {
    const { morsel, requests } = callService([json(ACCEPTED, 202)]);
    const fields = ["energy_kcal", "protein_g"] as const;
    await morsel.uploadImage(new Blob([PHOTO], { type: "image/png" }), {
      include_ingredients: true,
      include_nutrition_fields: [...fields],
      metadata: { meal: "déjeuner & thé" },
    });
    const query = new URLSearchParams(requests[0]?.target.split("?")[1]);
    expect(Object.fromEntries(query)).toEqual({
      include_ingredients: "true",
      include_nutrition_fields: "energy_kcal,protein_g",
      metadata: '{"meal":"déjeuner & thé"}',
    });
    expect(requests[0]?.headers.get("content-type")).toBe("image/png");
  });

  it("tells how far it is, under its whole length", async () => {
    const large = new Uint8Array(150_000).fill(5);
    const { morsel, requests } = callService([json(ACCEPTED, 202)]);
    const sent: number[] = [];
    await morsel.uploadImage(
      large,
      {},
      { onProgress: ({ sentBytes, totalBytes }) => sent.push(sentBytes / totalBytes) },
    );
    expect(sent.at(0)).toBe(0);
    expect(sent.at(-1)).toBe(1);
    expect(sent.length).toBeGreaterThan(3);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    expect(Buffer.compare(requests[0]?.body ?? PHOTO, large)).toBe(0);
    expect(requests[0]?.headers.get("content-length")).toBe("150000");
  });

  it("carries one idempotency key through its retries, and another upload another", async () => {
    const { morsel, requests } = callService([broken, json(ACCEPTED, 202), json(ACCEPTED, 202), json(ACCEPTED, 202)]);
    await morsel.uploadImage(PHOTO);
    await morsel.uploadImage(PHOTO);
    await morsel.uploadImage(PHOTO, {}, { idempotencyKey: "mine" });
    const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(keys[3]).toBe("mine");
    expect(requests[1]?.body).toEqual(PHOTO);
  });

  it("sends the same bytes again although the caller has reused the buffer", async () => {
    const bytes = PHOTO.slice();
    const { morsel, requests } = callService([
      () => {
        bytes.fill(0);
        return broken();
      },
      json(ACCEPTED, 202),
    ]);
    await morsel.uploadImage(bytes);
    expect(requests[1]?.body).toEqual(PHOTO);
  });
});
