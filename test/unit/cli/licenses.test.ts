import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { licensesOf, type LockFile } from "../../../src/cli/licenses.ts";

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8"));
const packages = licensesOf(read("package-lock.json") as LockFile);

/** Licenses that ask nothing of whoever deploys the Worker, or builds an app with the client, but to keep their text. */
const PERMISSIVE = /^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD)$/;

describe("the packages that npm installs", () => {
  it("each state a license", () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ license }) => license === null)).toEqual([]);
  });

  it("are under permissive licenses where the Worker contains them", () => {
    const { dependencies } = read("package.json") as { dependencies: Record<string, string> };
    const shipped = packages.filter(({ isShipped }) => isShipped);
    expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    const shippedCode = shipped.filter(({ name }) => !/^node(?:-bin)?-/.test(name));
    expect(shippedCode.filter(({ license }) => !PERMISSIVE.test(license ?? ""))).toEqual([]);
  });

  it("have exact versions", () => {
    const { dependencies, devDependencies } = read("package.json") as Record<string, Record<string, string>>;
    const versions = Object.values({ ...dependencies, ...devDependencies });
    const vague = versions.filter((version) => !/^(?:npm:@?[\w/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
    expect(vague).toEqual([]);
  });
});

it("a package without a license is named", () => {
  const lockFile = { packages: { "": {}, "node_modules/a/node_modules/@b/c": { version: "1.0.0" } } };
  expect(licensesOf(lockFile)).toEqual([{ name: "@b/c", version: "1.0.0", license: null, isShipped: true }]);
});
