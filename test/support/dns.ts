import { DNS_OVER_HTTPS_URL } from "../../src/outbound/dns-over-https.ts";

/** The addresses of each name, IPv4 and IPv6 mixed. */
export type Zone = (host: string) => readonly string[];

const A = 1;
const AAAA = 28;
/** An address that is nobody's in particular and of no special block. */
export const PUBLIC_ADDRESS = "93.184.215.14";

export const isDnsQuery = (url: string): boolean => url.startsWith(`${DNS_OVER_HTTPS_URL}?`);

/** The answer to one query, in the form that Cloudflare documents for `application/dns-json`. */
export function respondToDns(url: string, zone: Zone = () => [PUBLIC_ADDRESS], ttl = 300) {
  const { searchParams } = new URL(url);
  const name = searchParams.get("name") ?? "";
  const type = searchParams.get("type") === "AAAA" ? AAAA : A;
  const addresses = zone(name).filter((address) => address.includes(":") === (type === AAAA));
  return {
    Status: 0,
    TC: false,
    RD: true,
    RA: true,
    AD: false,
    CD: false,
    Question: [{ name, type }],
    ...(addresses.length > 0 && { Answer: addresses.map((data) => ({ name, type, TTL: ttl, data })) }),
  };
}
