import { fail, ok, type Result } from "./result.ts";

/** Names that lead to the machine itself, whoever asks (RFC 6761, section 6.3). */
export const isLoopbackName = (name: string): boolean =>
  name === "localhost" || name.endsWith(".localhost") || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(name);

/** Whether a host is written as an address: no name stands for it, so none can be made to. */
const isAddress = (name: string): boolean => name.startsWith("[") || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);

/**
 * Whether the service that runs on a developer's machine may respond to a request for this host. Pages of other sites reach
 * it by a name of their own that they let point to loopback (DNS rebinding); it knows its visitors by cookies then.
 */
export const isLocalHost = (name: string, publicUrl: string | null): boolean =>
  isLoopbackName(name) || isAddress(name) || (publicUrl !== null && new URL(publicUrl).hostname === name);

/**
 * Reads where the service is reached: an origin without a trailing slash; null = wherever a request came to. Https,
 * except on loopback. The failure is a phrase that follows the setting's name.
 */
export function parsePublicUrl(text: string | undefined): Result<string | null, string> {
  if (text === undefined || text.trim() === "") return ok(null);
  const url = URL.parse(text.trim());
  const isHttp = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackName(url.hostname));
  if (url === null || !isHttp) return fail('must be an https URL such as "https://morsel.example.com"');
  if (url.username !== "" || url.password !== "") return fail("must not contain a user name or a password");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return fail("must be an origin, without a path: the service answers at its root");
  }
  return ok(url.origin);
}
