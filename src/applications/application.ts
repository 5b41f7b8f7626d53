import type { RateLimits } from "./rate-limits.ts";
import type { StorageLimits } from "./storage-limits.ts";

/** What a key is for: logins of the application's users, or the signatures of its webhooks. */
export const KEY_PURPOSES = ["hmac", "webhook"] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** A key as D1 holds it: AES-256-GCM ciphertext under the master key `masterKeyId`, both parts base64. */
export interface SealedKey {
  /** Identifies the key without revealing anything about it. Keys sealed before ids existed have none. */
  id?: string;
  masterKeyId: string;
  nonce: string;
  ciphertext: string;
  createdAt: number;
  /** When the key ends, Unix milliseconds; null while it is the newest. */
  expiresAt: number | null;
}

/** The events an application can subscribe to … */
export const WEBHOOK_EVENTS = ["processing", "completed", "failed", "updated", "canceled"] as const;
/** … and those it gets by default: the end of each analysis. */
export const DEFAULT_WEBHOOK_EVENTS = ["completed", "failed"] as const;

/** A tenant. Key lists are newest first. */
export interface Application {
  id: number;
  name: string;
  active: boolean;
  webhookUrl: string | null;
  webhookEvents: string[];
  imageRetentionDays: number;
  requireTimestamp: boolean;
  rateLimits: RateLimits;
  storageLimits: StorageLimits;
  hmacKeys: SealedKey[];
  webhookKeys: SealedKey[];
  createdAt: number;
  modifiedAt: number;
}

/** Where each kind of key is kept. */
export const KEY_LISTS = { hmac: "hmacKeys", webhook: "webhookKeys" } as const satisfies Record<
  KeyPurpose,
  keyof Application
>;

/** The keys that are live at `now`, newest first. */
export const liveKeys = (keys: readonly SealedKey[], now: number): SealedKey[] =>
  keys.filter((key) => key.expiresAt === null || key.expiresAt > now);
