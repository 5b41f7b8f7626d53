/** A key as D1 holds it: AES-256-GCM ciphertext under the master key `masterKeyId`, both parts base64. */
export interface SealedKey {
  masterKeyId: string;
  nonce: string;
  ciphertext: string;
  createdAt: number;
  /** When the key ends, Unix milliseconds; null while it is the newest. */
  expiresAt: number | null;
}

/** The events an application may ask for; by default it is told of all of them. */
export const WEBHOOK_EVENTS = ["completed", "failed"] as const;

/** A tenant. Key lists are newest first. */
export interface Application {
  id: number;
  name: string;
  active: boolean;
  webhookUrl: string | null;
  webhookEvents: string[];
  imageRetentionDays: number;
  requireTimestamp: boolean;
  rateLimits: Record<string, number>;
  hmacKeys: SealedKey[];
  webhookKeys: SealedKey[];
  createdAt: number;
  modifiedAt: number;
}

/** The keys that are live at `now`, newest first. */
export const liveKeys = (keys: readonly SealedKey[], now: number): SealedKey[] =>
  keys.filter((key) => key.expiresAt === null || key.expiresAt > now);
