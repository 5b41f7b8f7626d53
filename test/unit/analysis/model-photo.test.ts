import { describe, expect, it } from "vitest";
import { prepareModelPhoto } from "../../../src/analysis/model-photo.ts";

const stored = { format: "png" as const, bytes: 3, width: 2048, height: 2048, orientation: 6 };
const bytes = Uint8Array.of(1, 2, 3);
const small = Uint8Array.of(9);
const never = async () => Promise.reject(new Error("the Images binding must not be asked"));

describe("the photo that a model is shown", () => {
  it("is the stored one up to 4.2 megapixels, with its orientation", async () => {
    expect(await prepareModelPhoto(stored, bytes, never)).toEqual({
      ok: true,
      value: { bytes, format: "png", width: 2048, height: 2048, orientation: 6 },
    });
  });

  it("is a small upright JPEG from the Images binding above that", async () => {
    const asked: number[] = [];
    const photo = await prepareModelPhoto({ ...stored, width: 4000, height: 3000 }, bytes, async (_, side) => {
      asked.push(side);
      return small;
    });
    expect(asked).toEqual([1024]);
    expect(photo).toEqual({
      ok: true,
      value: { bytes: small, format: "jpeg", width: 768, height: 1024, orientation: 1 },
    });
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
