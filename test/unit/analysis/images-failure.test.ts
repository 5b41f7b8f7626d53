import { describe, expect, it } from "vitest";
import { classifyImagesFailure, isAmbiguous } from "../../../src/analysis/images-failure.ts";

const NOW = Date.UTC(2026, 11, 15, 12);
const imagesError = (code: number): Error => Object.assign(new Error(`IMAGES_TRANSFORM_ERROR ${code}: …`), { code });
const kindOf = (code: number): string => classifyImagesFailure(imagesError(code), NOW).kind;

describe("an error of the Images binding", () => {
  it.each([9412, 9413, 9520])("%i is the picture's fault", (code) => {
    expect(kindOf(code)).toBe("photo_rejected");
  });

  it.each([9402, 9424, 9504, 9510, 9516, 9522, 9523, 9999])("%i may pass, and is nobody's fault", (code) => {
    expect(kindOf(code)).toBe("busy");
  });

  it.each([9422, 9423])("%i says that the month's transformations are used up", (code) => {
    expect(classifyImagesFailure(imagesError(code), NOW)).toMatchObject({
      kind: "quota",
      notBefore: Date.UTC(2027, 0, 1),
      detail: expect.stringContaining("Images plan"),
    });
  });

  it("9432 says that the account's plan is the wrong one", () => {
    expect(kindOf(9432)).toBe("misconfigured");
  });

  it("without a code may pass", () => {
    expect(classifyImagesFailure(new Error("Network connection lost."), NOW).kind).toBe("busy");
  });

  it.each([
    [9523, true],
    [9522, true],
    [9412, false],
    [9424, false],
  ])("%i leaves open whether the picture is at fault: %s", (code, open) => {
    expect(isAmbiguous(imagesError(code))).toBe(open);
  });
});
