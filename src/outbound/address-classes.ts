import { parseIpAddress, type IpAddress } from "./ip-address.ts";

/** What an address is for; `public` is the only class that may be called. */
export type AddressClass =
  | "public"
  | "unspecified"
  | "loopback"
  | "private"
  | "shared"
  | "link_local"
  | "unique_local"
  | "site_local"
  | "protocol_assignment"
  | "documentation"
  | "benchmarking"
  | "as112"
  | "relay"
  | "ipv4_embedded"
  | "overlay"
  | "discard"
  | "multicast"
  | "broadcast"
  | "reserved";

/**
 * IANA's IPv4 Special-Purpose Address Registry (RFC 6890 and its updates) with the IPv4 Multicast Address Space
 * (RFC 5771). Blocks that it calls globally reachable are here too: they belong to protocols, and no web host is in
 * them. A longer prefix stands before the shorter one that contains it.
 */
const IPV4_BLOCKS: readonly [string, AddressClass][] = [
  ["0.0.0.0/8", "unspecified"], // "This network", RFC 791
  ["10.0.0.0/8", "private"], // RFC 1918
  ["100.64.0.0/10", "shared"], // carrier-grade NAT, RFC 6598
  ["127.0.0.0/8", "loopback"], // RFC 1122
  ["169.254.0.0/16", "link_local"], // RFC 3927; clouds answer for their metadata here
  ["172.16.0.0/12", "private"], // RFC 1918
  ["192.0.0.0/24", "protocol_assignment"], // RFC 6890; with DS-Lite, PCP and TURN anycast, NAT64 discovery
  ["192.0.2.0/24", "documentation"], // TEST-NET-1, RFC 5737
  ["192.31.196.0/24", "as112"], // RFC 7535
  ["192.52.193.0/24", "relay"], // AMT, RFC 7450
  ["192.88.99.0/24", "relay"], // 6to4 relay anycast, RFC 7526
  ["192.168.0.0/16", "private"], // RFC 1918
  ["192.175.48.0/24", "as112"], // RFC 7534
  ["198.18.0.0/15", "benchmarking"], // RFC 2544
  ["198.51.100.0/24", "documentation"], // TEST-NET-2, RFC 5737
  ["203.0.113.0/24", "documentation"], // TEST-NET-3, RFC 5737
  ["224.0.0.0/4", "multicast"], // RFC 5771
  ["255.255.255.255/32", "broadcast"], // RFC 8190
  ["240.0.0.0/4", "reserved"], // RFC 1112
];

/**
 * IANA's IPv6 Special-Purpose Address Registry with the blocks of the IPv6 Address Space registry that have a name.
 * An address that carries an IPv4 address inside is refused whatever that one is: no host publishes such a name.
 */
const IPV6_BLOCKS: readonly [string, AddressClass][] = [
  ["::/128", "unspecified"], // RFC 4291
  ["::1/128", "loopback"], // RFC 4291
  ["::ffff:0:0/96", "ipv4_embedded"], // mapped, RFC 4291
  ["::ffff:0:0:0/96", "ipv4_embedded"], // translated, RFC 2765
  ["::/96", "ipv4_embedded"], // compatible, deprecated by RFC 4291
  ["64:ff9b::/96", "ipv4_embedded"], // NAT64, RFC 6052
  ["64:ff9b:1::/48", "ipv4_embedded"], // local-use NAT64, RFC 8215
  ["100::/64", "discard"], // RFC 6666
  ["100:0:0:1::/64", "discard"], // dummy prefix, RFC 9780
  ["2001::/32", "ipv4_embedded"], // Teredo, RFC 4380
  ["2001:2::/48", "benchmarking"], // RFC 5180
  ["2001:3::/32", "relay"], // AMT, RFC 7450
  ["2001:4:112::/48", "as112"], // RFC 7535
  ["2001:10::/28", "overlay"], // ORCHID, RFC 4843
  ["2001:20::/28", "overlay"], // ORCHIDv2, RFC 7343
  ["2001:30::/28", "overlay"], // drone remote identification, RFC 9374
  ["2001::/23", "protocol_assignment"], // RFC 2928
  ["2001:db8::/32", "documentation"], // RFC 3849
  ["2002::/16", "ipv4_embedded"], // 6to4, RFC 3056
  ["2620:4f:8000::/48", "as112"], // RFC 7534
  ["3fff::/20", "documentation"], // RFC 9637
  ["5f00::/16", "protocol_assignment"], // SRv6 SIDs, RFC 9602
  ["fc00::/7", "unique_local"], // RFC 4193
  ["fe80::/10", "link_local"], // RFC 4291
  ["fec0::/10", "site_local"], // deprecated by RFC 3879
  ["ff00::/8", "multicast"], // RFC 4291
];

/** The only IPv6 block that unicast addresses are given out from (IANA IPv6 Address Space, RFC 4291). */
const IPV6_GLOBAL_UNICAST = "2000::/3";

interface Block {
  base: bigint;
  shift: bigint;
}

const WIDTHS = { 4: 32, 6: 128 } as const;

/** Throws when the text is no block: it comes from this file alone. */
function parseBlock(text: string): Block {
  const [address = "", prefix] = text.split("/");
  const parsed = parseIpAddress(address);
  if (parsed === null) throw new Error(`${text} is not a block of addresses`);
  const shift = BigInt(WIDTHS[parsed.version] - Number(prefix));
  return { base: parsed.value >> shift, shift };
}

const contains = ({ base, shift }: Block, { value }: IpAddress): boolean => value >> shift === base;

const parseBlocks = (blocks: readonly [string, AddressClass][]): [Block, AddressClass][] =>
  blocks.map(([text, addressClass]) => [parseBlock(text), addressClass]);

const BLOCKS = { 4: parseBlocks(IPV4_BLOCKS), 6: parseBlocks(IPV6_BLOCKS) };
const globalUnicast = parseBlock(IPV6_GLOBAL_UNICAST);

/** What an address is for; null when the text is no address. */
export function classifyAddress(text: string): AddressClass | null {
  const address = parseIpAddress(text);
  if (address === null) return null;
  const special = BLOCKS[address.version].find(([block]) => contains(block, address));
  if (special !== undefined) return special[1];
  return address.version === 4 || contains(globalUnicast, address) ? "public" : "reserved";
}
