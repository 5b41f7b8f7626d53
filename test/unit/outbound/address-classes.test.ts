import { describe, expect, it } from "vitest";
import { classifyAddress, type AddressClass } from "../../../src/outbound/address-classes.ts";
import { parseIpAddress } from "../../../src/outbound/ip-address.ts";

/** First and last address of each block, as IANA's registries give them. */
const BLOCKS: readonly [string, string, AddressClass][] = [
  ["0.0.0.0", "0.255.255.255", "unspecified"],
  ["10.0.0.0", "10.255.255.255", "private"],
  ["100.64.0.0", "100.127.255.255", "shared"],
  ["127.0.0.0", "127.255.255.255", "loopback"],
  ["169.254.0.0", "169.254.255.255", "link_local"],
  ["172.16.0.0", "172.31.255.255", "private"],
  ["192.0.0.0", "192.0.0.255", "protocol_assignment"],
  ["192.0.2.0", "192.0.2.255", "documentation"],
  ["192.31.196.0", "192.31.196.255", "as112"],
  ["192.52.193.0", "192.52.193.255", "relay"],
  ["192.88.99.0", "192.88.99.255", "relay"],
  ["192.168.0.0", "192.168.255.255", "private"],
  ["192.175.48.0", "192.175.48.255", "as112"],
  ["198.18.0.0", "198.19.255.255", "benchmarking"],
  ["198.51.100.0", "198.51.100.255", "documentation"],
  ["203.0.113.0", "203.0.113.255", "documentation"],
  ["224.0.0.0", "239.255.255.255", "multicast"],
  ["240.0.0.0", "255.255.255.254", "reserved"],
  ["255.255.255.255", "255.255.255.255", "broadcast"],
  ["::", "::", "unspecified"],
  ["::1", "::1", "loopback"],
  ["::2", "::ffff:ffff", "ipv4_embedded"],
  ["::ffff:0:0", "::ffff:ffff:ffff", "ipv4_embedded"],
  ["::ffff:0:0:0", "::ffff:0:ffff:ffff", "ipv4_embedded"],
  ["64:ff9b::", "64:ff9b::ffff:ffff", "ipv4_embedded"],
  ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "ipv4_embedded"],
  ["100::", "100::ffff:ffff:ffff:ffff", "discard"],
  ["100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff", "discard"],
  ["2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "ipv4_embedded"],
  ["2001:1::1", "2001:1::3", "protocol_assignment"],
  ["2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", "benchmarking"],
  ["2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", "relay"],
  ["2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", "as112"],
  ["2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", "overlay"],
  ["2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", "overlay"],
  ["2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", "overlay"],
  ["2001:40::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "protocol_assignment"],
  ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"],
  ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ipv4_embedded"],
  ["2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "as112"],
  ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"],
  ["5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "protocol_assignment"],
  ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "unique_local"],
  ["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link_local"],
  ["fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "site_local"],
  ["ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast"],
];

/** Blocks whose neighbor is another block, so that only these edges lead to public addresses. */
const PUBLIC_EDGES = [
  "1.0.0.0",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.0",
  "169.253.255.255",
  "169.255.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "191.255.255.255",
  "192.0.1.0",
  "192.0.3.0",
  "192.31.195.255",
  "192.88.98.255",
  "192.88.100.0",
  "192.169.0.0",
  "198.17.255.255",
  "198.20.0.0",
  "198.51.101.0",
  "203.0.112.255",
  "223.255.255.255",
  "2000::",
  "2001:200::",
  "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
  "2001:db9::",
  "2003::",
  "2620:4f:8001::",
  "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  "3fff:1000::",
];

const RESERVED_EDGES = ["1::", "64:ff9c::", "1fff:ffff::", "4000::", "fbff::", "fe00::", "fe7f::"];

describe("an address", () => {
  it.each(BLOCKS)("from %s to %s is %s", (first, last, expected) => {
    expect([classifyAddress(first), classifyAddress(last)]).toEqual([expected, expected]);
  });

  it.each(PUBLIC_EDGES)("beside a block, %s, is public", (address) => {
    expect(classifyAddress(address)).toBe("public");
  });

  it.each(RESERVED_EDGES)("outside of what IANA gives out, %s, is reserved", (address) => {
    expect(classifyAddress(address)).toBe("reserved");
  });

  it("inside an IPv6 address is never public, whichever it is and however it is embedded", () => {
    for (let n = 0; n < 500; n++) {
      const value = Math.imul(n, 0x9e3779b1) >>> 0;
      const dotted = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
      const hex = `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
      const embedded = ["::", "::ffff:", "::ffff:0:", "64:ff9b::"].map((prefix) => prefix + dotted);
      for (const address of [...embedded, `2002:${hex}::1`, `64:ff9b:1::${hex}`, `2001:0:${hex}::`]) {
        expect(classifyAddress(address), address).not.toBe("public");
      }
    }
  });
});

describe("the text of an address", () => {
  it.each([
    ["1.2.3.4", 0x01020304n],
    ["::", 0n],
    ["::1", 1n],
    ["1::", 1n << 112n],
    ["1:2:3:4:5:6:7:8", 0x00010002000300040005000600070008n],
    ["1:2:3:4:5:6:1.2.3.4", 0x00010002000300040005000601020304n],
    ["::FFFF:1.2.3.4", 0xffff01020304n],
    ["2001:DB8::a:0", 0x20010db80000000000000000000a0000n],
  ])("%s is read to its last bit", (text, value) => {
    expect(parseIpAddress(text)?.value).toBe(value);
  });

  it.each([
    "",
    "1",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "0x1.2.3.4",
    "1.2.3.4 ",
    "1.2.3.-4",
    "１.2.3.4",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "::1:2:3:4:5:6:7:8",
    ":1:2:3:4:5:6:7",
    "12345::",
    "g::",
    "fe80::1%eth0",
    "1.2.3.4::",
    "::1.2.3",
    "::1.2.3.4:5",
    "[::1]",
    "edge.example.com.",
  ])("%j is none", (text) => {
    expect(parseIpAddress(text)).toBeNull();
    expect(classifyAddress(text)).toBeNull();
  });
});
