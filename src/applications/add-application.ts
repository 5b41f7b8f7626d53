import type { RandomBytes } from "../ids.ts";
import type { Application, KeyPurpose } from "./application.ts";
import { sealKey } from "./keys/key-sealing.ts";
import type { Keyring } from "./keys/keyring.ts";

/** An application before it is assigned an id; a migrated one supplies its own. */
export type ApplicationDraft = Omit<Application, "id" | "hmacKeys" | "webhookKeys"> & { id?: number };

export interface AddApplicationPorts {
  masterKeys: Keyring;
  randomBytes: RandomBytes;
  nextId(): Promise<number>;
  insert(application: Application): Promise<Application | "id_taken">;
}

/** So many requests that create applications at the same time do not meet. */
const MAX_TRIES = 20;

/**
 * Stores a new application with its first keys, in one statement. Keys are sealed for the application's id, which must
 * therefore be known first: if another request takes the next free id, they are sealed again for the one after.
 * `id_taken` when the draft asks for an id that another application has, or others are always faster.
 */
export async function addApplication(
  draft: ApplicationDraft,
  keys: Record<KeyPurpose, string>,
  ports: AddApplicationPorts,
): Promise<Application | "id_taken"> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const id = draft.id ?? (await ports.nextId());
    const sealFor = (purpose: KeyPurpose) =>
      sealKey(keys[purpose], { applicationId: id, purpose }, ports.masterKeys, draft.createdAt, ports.randomBytes);
    const [hmacKey, webhookKey] = await Promise.all([sealFor("hmac"), sealFor("webhook")]);
    const stored = await ports.insert({ ...draft, id, hmacKeys: [hmacKey], webhookKeys: [webhookKey] });
    if (stored !== "id_taken" || draft.id !== undefined) return stored;
  }
  return "id_taken";
}
