/**
 * Keys have at least 16 characters: a shorter text cannot be one, whatever field it was pasted into. Nor is it a photo.
 */
const MAX_ECHOED_LENGTH = 15;

/** Fields whose values are never repeated, wherever they stand: secrets, photos, and URLs, which may carry secrets. */
const NEVER_ECHOED = /signature|token|secret|password|key|authorization|url|^(body|image)$/i;

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === "object" && value !== null;

/** The value at `path` in the request; undefined if there is none. */
const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    given,
  );

/**
 * The invalid value if an error may repeat it to the client; undefined unless it is a short scalar and no secret.
 */
export function echoedValue(
  given: unknown,
  path: readonly PropertyKey[],
): string | number | boolean | null | undefined {
  if (path.some((name) => NEVER_ECHOED.test(String(name)))) return undefined;
  const value = valueAt(given, path);
  if (typeof value === "string") return value.length <= MAX_ECHOED_LENGTH ? value : undefined;
  return typeof value === "number" || typeof value === "boolean" || value === null ? value : undefined;
}
