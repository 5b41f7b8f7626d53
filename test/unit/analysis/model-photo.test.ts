import { describe, expect, it } from "vitest";
import type { ImagesFailure } from "../../../src/analysis/images-failure.ts";
import { flatJpeg, png, webp } from "../../support/images.ts";
import { prepareModelPhoto, type MakeUpright } from "../../../src/analysis/model-photo.ts";

const stored = { format: "png" as const, bytes: 3, width: 1024, height: 800, orientation: 1 };
const large = { ...stored, width: 4000, height: 3000, bytes: 2_900_000 };
const bytes = png({ width: 1024, height: 800 });
const small = Uint8Array.of(9);
const never: MakeUpright = async () => Promise.reject(new Error("the Images binding must not be asked"));
const fails =
  (error: ImagesFailure): MakeUpright =>
  async () => ({ ok: false, error });

function withColorType(colorType: number): Uint8Array {
  const file = bytes.slice();
  file[25] = colorType;
  return file;
}

/** A chunk behind the header; nobody looks at its checksum. */
const withTransparentColor = (): Uint8Array =>
  Uint8Array.from([...bytes.slice(0, 33), 0, 0, 0, 1, ...Buffer.from("tRNS"), 9, 0, 0, 0, 0, ...bytes.slice(33)]);

function withAlphaFlag(): Uint8Array {
  const file = webp({ width: 600, height: 512 });
  file[20] = 0x10;
  return file;
}

/** Its picture begins with the sides, of 14 bits each, and the bit for alpha (RFC 9649, section 3.4). */
function lossless(hasAlpha: boolean): Uint8Array {
  const file = Buffer.from(webp({ width: 600, height: 512 }));
  file.write("VP8L", 30);
  file.writeUInt8(0x2f, 38);
  file.writeUInt32LE(599 | (511 << 14) | (hasAlpha ? 1 << 28 : 0), 39);
  return file;
}

describe("the photo that a model is shown", () => {
  it("is the stored one, if it is upright and no side is longer than 1,024 pixels", async () => {
    expect(await prepareModelPhoto(stored, bytes, never)).toEqual({
      ok: true,
      value: { bytes, format: "png", width: 1024, height: 800, orientation: 1 },
    });
  });

  it.each([
    ["is longer", { width: 1025, height: 700, orientation: 1 }, { width: 1024, height: 699 }],
    ["lies on its side", { width: 1000, height: 800, orientation: 6 }, { width: 800, height: 1000 }],
    ["is longer and lies on its side", { width: 4000, height: 3000, orientation: 8 }, { width: 768, height: 1024 }],
  ])("is a small upright JPEG from the Images binding if it %s", async (_, change, size) => {
    const asked: unknown[] = [];
    const photo = await prepareModelPhoto({ ...stored, ...change }, bytes, async (_bytes, orientation, side) => {
      asked.push({ orientation, side });
      return { ok: true, value: small };
    });
    expect(asked).toEqual([{ orientation: change.orientation, side: 1024 }]);
    expect(photo).toEqual({ ok: true, value: { bytes: small, format: "jpeg", ...size, orientation: 1 } });
  });

  it.each<[string, Uint8Array]>([
    ["a PNG with alpha", withColorType(6)],
    ["a gray PNG with alpha", withColorType(4)],
    ["a PNG with a transparent color", withTransparentColor()],
    ["a WebP with alpha", withAlphaFlag()],
    ["a lossless WebP with alpha", lossless(true)],
    ["a JPEG in the inks of print", flatJpeg({ width: 600, height: 512, components: 4 })],
  ])("is one from the Images binding if decoders do not agree on its pixels: %s", async (_, file) => {
    const made: MakeUpright = async () => ({ ok: true, value: small });
    expect(await prepareModelPhoto(stored, file, made)).toMatchObject({ value: { bytes: small, format: "jpeg" } });
    const down = fails({ kind: "busy", detail: "It is down." });
    expect(await prepareModelPhoto(stored, file, down)).toMatchObject({ error: { reason: "service_unavailable" } });
  });

  it.each<[string, Uint8Array]>([
    ["a PNG", bytes],
    ["a gray PNG", withColorType(0)],
    ["a PNG with a palette", withColorType(3)],
    ["a WebP", webp({ width: 600, height: 512 })],
    ["a lossless WebP", lossless(false)],
    ["a gray JPEG", flatJpeg({ width: 600, height: 512 })],
    ["a JPEG", flatJpeg({ width: 600, height: 512, components: 3 })],
  ])("is the stored one if they do: %s", async (_, file) => {
    expect(await prepareModelPhoto(stored, file, never)).toMatchObject({ value: { bytes: file } });
  });

  it("does not exist when the binding cannot read the picture", async () => {
    const photo = await prepareModelPhoto(large, bytes, fails({ kind: "photo_rejected" }));
    expect(photo).toMatchObject({ ok: false, error: { code: "image_unreadable" } });
  });
});

const NEXT_MONTH = Date.UTC(2027, 0, 1);
const TROUBLES: [ImagesFailure, object][] = [
  [
    { kind: "busy", detail: "It is down." },
    { reason: "service_unavailable", detail: "It is down." },
  ],
  [
    { kind: "quota", detail: "It is spent.", notBefore: NEXT_MONTH },
    { reason: "quota_exhausted", detail: "It is spent.", notBefore: NEXT_MONTH },
  ],
  [
    { kind: "misconfigured", detail: "It is not in the plan." },
    { reason: "model_misconfigured", detail: "It is not in the plan." },
  ],
];

describe.each(TROUBLES)("while the Images binding is in trouble (%j)", (trouble, postponed) => {
  const makeUpright = fails(trouble);

  it("a photo of a bearable size is sent as it is, with how it lies", async () => {
    const turned = { ...large, format: "jpeg" as const, orientation: 6 };
    expect(await prepareModelPhoto(turned, bytes, makeUpright)).toEqual({
      ok: true,
      value: { bytes, format: "jpeg", width: 4000, height: 3000, orientation: 6 },
    });
  });

  it.each([
    ["too many bytes", { ...large, bytes: 3_000_001 }],
    ["too many pixels", { ...large, width: 6000, height: 4000 }],
  ])("a photo of %s waits, and says for what", async (_, photo) => {
    expect(await prepareModelPhoto(photo, bytes, makeUpright)).toEqual({ ok: false, error: postponed });
  });

  it("a photo whose print would lie on its side waits", async () => {
    const manner = { side: 2048, canBeTurned: false };
    expect(await prepareModelPhoto({ ...large, orientation: 6 }, bytes, makeUpright, manner)).toEqual({
      ok: false,
      error: postponed,
    });
    expect(await prepareModelPhoto(large, bytes, makeUpright, manner)).toMatchObject({ ok: true });
  });
});
