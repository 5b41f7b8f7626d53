import type { Context } from "hono";
import { auditEntry } from "../audit/audit.ts";
import { insertAuditEntry } from "../db/audit.ts";
import type { GuessSource } from "../limits/guesses.ts";
import { networkOf } from "../limits/network.ts";
import { log } from "../log.ts";
import { problem, type Problem } from "../problems/problem.ts";
import type { AppEnv } from "./app-env.ts";
import { deferredBy } from "./rate-limit.ts";

/** Where a request for a secret's owner comes from. */
export const guessSource = (c: Context<AppEnv>, of: GuessSource["of"]): GuessSource => ({
  of,
  address: c.req.header("cf-connecting-ip") ?? "",
});

const tooMany = (retryAfterSeconds: number): Problem => ({
  ...problem("rate_limited", `Too many failed attempts from your network. Wait ${retryAfterSeconds} seconds.`),
  retryAfterSeconds,
});

/** Why nothing of an attempt is looked at; null when its secret may be compared. */
export function refuseGuess(c: Context<AppEnv>, source: GuessSource): Problem | null {
  const waitSeconds = c.var.deps.limits.guessWaitSeconds(source);
  return waitSeconds === 0 ? null : tooMany(waitSeconds);
}

const NOBODY = { name: "nobody known" };

/**
 * Settles an attempt whose secret was compared, `isRight` or not; returns why nobody is told which, or null. Refusals that
 * begin or lengthen a delay are written into the audit log, with the network that they came from.
 */
export function settleGuess(c: Context<AppEnv>, source: GuessSource, isRight: boolean): Problem | null {
  const { db, limits } = c.var.deps;
  const defer = deferredBy(c);
  const { waitSeconds, isDelayed, isNoted } = limits.settleGuess(source, isRight, defer);
  const applicationId = typeof source.of === "number" ? source.of : null;
  if (isDelayed) {
    log("warn", "login.refused", "repeated wrong secrets from one network", { application_id: applicationId });
  }
  if (isNoted) {
    const detail = { secret_of: source.of, network: networkOf(source.address) };
    const entry = auditEntry("login.refuse", { applicationId, detail }, NOBODY, c.var.deps);
    defer(insertAuditEntry(db, entry).catch((error: unknown) => reportUnwritten(error)));
  }
  return waitSeconds === 0 ? null : tooMany(waitSeconds);
}

const reportUnwritten = (error: unknown): void =>
  log("error", "audit.write_failed", "a refused login is not in the audit log", {}, error);
