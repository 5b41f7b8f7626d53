import type { NamedKey } from "./keyring.ts";

/** Imports each key once per isolate: an import costs more than the operation that it is for. */
export function importOnce(importKey: (secret: string) => Promise<CryptoKey>): (key: NamedKey) => Promise<CryptoKey> {
  const imported = new Map<string, Promise<CryptoKey>>();
  return ({ secret }) => {
    const known = imported.get(secret);
    if (known !== undefined) return known;
    const importing = importKey(secret);
    imported.set(secret, importing);
    return importing;
  };
}
