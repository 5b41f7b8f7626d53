/** SHA-256, lower-case hex. */
export const sha256Hex = async (bytes: Uint8Array): Promise<string> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();

/** Objects with their keys in order, so that two ways of writing one object are the same text. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * What a request asks for, as lower-case hex SHA-256 of its parts in canonical JSON. It is made of what was understood,
 * not of the bytes that carried it: a client that builds its form or its JSON again asks for the same.
 */
export const fingerprintOf = (...parts: unknown[]): Promise<string> =>
  sha256Hex(new TextEncoder().encode(JSON.stringify(parts, sorted)));
