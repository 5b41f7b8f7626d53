import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { lockState } from "../../../src/cli/state-lock.ts";

function newLockFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "morsel-lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "lock");
}

it("gives a state to the first one that asks and to no second", async () => {
  const lockFile = newLockFile();

  expect(await lockState(lockFile)).toBe(true);
  expect(await lockState(lockFile)).toBe(false);
});

it("gives a state whose last owner was killed to the next one", async () => {
  const lockFile = newLockFile();
  writeFileSync(lockFile, "");

  expect(await lockState(lockFile)).toBe(true);
});

it("does without where no lock can be", async () => {
  expect(await lockState(`${newLockFile()}-${"long".repeat(30)}`)).toBe(true);
});
