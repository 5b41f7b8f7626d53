import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;

/** True as soon as the condition holds, false when the time is up. */
export async function waitUntil(isSo: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (isSo()) return true;
    await sleep(POLL_MS);
  }
  return false;
}
