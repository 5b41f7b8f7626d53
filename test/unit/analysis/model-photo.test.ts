import { describe, expect, it } from "vitest";
import { prepareModelPhoto } from "../../../src/analysis/model-photo.ts";

const stored = { format: "png" as const, bytes: 3, width: 2048, height: 2048, orientation: 1 };
const bytes = Uint8Array.of(1, 2, 3);
const small = Uint8Array.of(9);
const never = async () => Promise.reject(new Error("the Images binding must not be asked"));

describe("the photo that a model is shown", () => {
  it("is the stored one, if it is upright and has no more than 4.2 megapixels", async () => {
    expect(await prepareModelPhoto(stored, bytes, never)).toEqual({
      ok: true,
      value: { bytes, format: "png", width: 2048, height: 2048 },
    });
  });

  it.each([
    ["is larger", { width: 4000, height: 3000, orientation: 1 }, { width: 1024, height: 768 }],
    ["lies on its side", { width: 1000, height: 800, orientation: 6 }, { width: 800, height: 1000 }],
    ["is larger and lies on its side", { width: 4000, height: 3000, orientation: 8 }, { width: 768, height: 1024 }],
  ])("is a small upright JPEG from the Images binding if it %s", async (_, change, size) => {
    const asked: unknown[] = [];
    const photo = await prepareModelPhoto({ ...stored, ...change }, bytes, async (_bytes, orientation, side) => {
      asked.push({ orientation, side });
      return small;
    });
    expect(asked).toEqual([{ orientation: change.orientation, side: 1024 }]);
    expect(photo).toEqual({ ok: true, value: { bytes: small, format: "jpeg", ...size } });
  });

  it("does not exist when the binding says that the picture is at fault", async () => {
    const fault = Object.assign(new Error("IMAGES_TRANSFORM_ERROR 9412: Bad request: not an image"), { code: 9412 });
    const photo = await prepareModelPhoto({ ...stored, width: 4000, height: 3000 }, bytes, () => Promise.reject(fault));
    expect(photo).toEqual({ ok: false, error: "image_unreadable" });
  });

  it("is asked for again later when the binding is down", async () => {
    const outage = prepareModelPhoto({ ...stored, width: 4000, height: 3000 }, bytes, () =>
      Promise.reject(new Error("Network connection lost.")),
    );
    await expect(outage).rejects.toThrow("Network connection lost.");
  });
});
