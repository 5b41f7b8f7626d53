/** A placeholder for the service's own URL in texts generated before it is known. No host has this name (RFC 6761). */
const ANY_ORIGIN = "https://any-origin.invalid";

/**
 * A text that names the service's own address and takes tens of milliseconds to make: made when it is first asked for,
 * kept for the isolate's life once, and handed out for any address.
 */
export function madeOnce(make: (origin: string) => string): (origin: string) => string {
  let made: string | null = null;
  return (origin) => (made ??= make(ANY_ORIGIN)).replaceAll(ANY_ORIGIN, origin);
}
