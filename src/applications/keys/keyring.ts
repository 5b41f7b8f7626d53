import { fail, ok, type Result } from "../../result.ts";

/** Named secrets, newest first: the first one signs or encrypts, all of them verify or decrypt. */
export type Keyring = readonly [NamedKey, ...NamedKey[]];

export interface NamedKey {
  id: string;
  secret: string;
}

const ENTRY = /^([A-Za-z0-9_-]{1,32}):(.+)$/s;

/** Reads a secret of the form `id:secret,id:secret`. The failure says what is wrong without showing the secret. */
export function parseKeyring(text: string | undefined): Result<Keyring, string> {
  const entries = (text ?? "").split(",").filter((entry) => entry.trim() !== "");
  const keys: NamedKey[] = [];
  for (const entry of entries) {
    const [, id, secret] = ENTRY.exec(entry.trim()) ?? [];
    if (id === undefined || secret === undefined) return fail('must be "id:secret" pairs, separated by commas');
    if (keys.some((key) => key.id === id)) return fail(`names two keys ${id}`);
    keys.push({ id, secret });
  }
  const [newest, ...older] = keys;
  return newest === undefined ? fail("is not set") : ok([newest, ...older]);
}
