import { classifyAddress } from "../../../src/outbound/address-classes.ts";
import { parseIpAddress } from "../../../src/outbound/ip-address.ts";
import { checkUrl } from "../../../src/outbound/url-rules.ts";
import { parseRetryAfter } from "../../../src/client/problem.ts";
import { firstIdOf, isRecordId, timeOf } from "../../../src/ids.ts";
import { parseKeyring } from "../../../src/applications/keys/keyring.ts";
import { MAX_RANGE_ENTRIES } from "../../../src/bounds.ts";
import { isNamed } from "../../../src/http/entity-tags.ts";
import { deliveryCursor, parseDeliveryQuery } from "../../../src/http/queries/delivery-query.ts";
import { parsePrefer } from "../../../src/http/prefer.ts";
import { recordCursor, parseRecordQuery } from "../../../src/http/queries/record-list.ts";
import { bytesOf, must, textOf, type Target } from "../target.ts";

const NOW = Date.UTC(2026, 10, 23);
const ID = "01932c2e-0000-7000-8000-000000000001";

function tryQueries(text: string): void {
  const records = parseRecordQuery(new URLSearchParams(text));
  if (records.ok) {
    const { limit, after } = records.value;
    must(limit >= 1 && limit <= MAX_RANGE_ENTRIES, "a page has no bound");
    if (after !== null) {
      const again = parseRecordQuery(new URLSearchParams({ cursor: recordCursor(after) }));
      must(again.ok && again.value.after?.id === after.id, "a cursor that was read is refused when it is given back");
      must(again.value.after.consumedAt === after.consumedAt, "a cursor leads to another place");
    }
  }
  const deliveries = parseDeliveryQuery(new URLSearchParams(text));
  if (deliveries.ok && deliveries.value.before !== null) {
    const again = parseDeliveryQuery(new URLSearchParams({ cursor: deliveryCursor(deliveries.value.before) }));
    must(again.ok && again.value.before?.eventId === deliveries.value.before.eventId, "a cursor is not its own");
  }
}

function tryHeaders(text: string): void {
  const { waitSeconds } = parsePrefer(text);
  must(waitSeconds === null || (waitSeconds >= 1 && waitSeconds <= 60), `a wait of ${waitSeconds} s`);
  if (isNamed(text, '"1"')) must(text.includes('"1"') || text.trim() === "*", "a tag matches that is not there");
  const clean = text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "");
  const seconds = parseRetryAfter(new Headers({ "retry-after": clean }), NOW);
  must(seconds === null || (seconds >= 0 && Number.isFinite(seconds)), `a wait of ${seconds} s`);
}

/** What stands in URLs, queries and headers: cursors, ids, dates, preferences, entity tags, addresses, keyrings. */
export const cursor: Target = {
  seeds: () =>
    [
      `cursor=1732357800000_${ID}&limit=50&consumed=any`,
      `cursor=1732357800000_evt_${ID}_2&status=waiting&since=2026-11-23T10:30:04.521Z`,
      "from=2026-11-23T10:30:04%2B01:00&to=2026-11-24T00:00:00Z&status=completed",
      'respond-async, wait="10"; x, handling=lenient',
      'W/"1", "2", *',
      "Wed, 23 Nov 2026 10:30:04 GMT",
      ID,
      "https://hooks.example.com:8443/a?b#c",
      "https://user:pw@[::ffff:10.0.0.1]/",
      "2001:db8::ffff:192.0.2.1",
      "010.1.2.3",
      "k1:c2VjcmV0,k2:bW9yZQ==",
      `wait=${" ".repeat(90_000)}"`,
      `wait="${"\\".repeat(90_000)}`,
    ].map(bytesOf),
  words: [
    "cursor=",
    "&",
    "limit=",
    "1e309",
    "9999999999999999",
    "-0",
    "evt_",
    ID,
    "wait=",
    '"',
    "\\",
    " ".repeat(40),
    ",",
    ";",
    "W/",
    "*",
    "::",
    "https://",
    "0x7f",
    "%00",
    "__proto__=",
  ],
  // A Worker's headers and URLs hold 16 KB and more; ten of them must not take a second.
  maxBytes: 100_000,
  run(input) {
    const text = textOf(input);
    tryQueries(text);
    tryHeaders(text);
    if (isRecordId(text)) {
      must(text >= firstIdOf(timeOf(text)), "an id comes before the first of its time");
      must(Number.isSafeInteger(timeOf(text)), "an id without a time");
    } else must(Number.isNaN(timeOf(text)), "a text that is no id has a time");
    const url = checkUrl(text, false);
    if (url.ok) must(url.value.protocol === "https:" && url.value.username === "", "a URL passes that must not");
    const address = parseIpAddress(text);
    must((address === null) === (classifyAddress(text) === null), "an address has no class");
    const keys = parseKeyring(text);
    if (!keys.ok) must(keys.error.length < 200, "the complaint about a keyring is as long as the keyring");
  },
};
