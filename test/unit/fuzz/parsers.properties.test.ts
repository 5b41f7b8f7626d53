import * as fc from "fast-check";
import { describe, expect } from "vitest";
import { createEventParser, type ServerEvent } from "../../../src/client/event-parser.ts";
import { parseRetryAfter } from "../../../src/client/problem.ts";
import { verifyWebhook } from "../../../src/client/verify-webhook.ts";
import { createUuidV7, firstIdOf, isRecordId, timeOf } from "../../../src/ids.ts";
import { parseIpAddress } from "../../../src/outbound/ip-address.ts";
import { createDnsOverHttps } from "../../../src/outbound/dns-over-https.ts";
import { parsePrefer } from "../../../src/http/prefer.ts";
import { isNamed } from "../../../src/http/entity-tags.ts";
import { deliveryCursor, parseDeliveryQuery } from "../../../src/http/queries/delivery-query.ts";
import { recordCursor, parseRecordQuery } from "../../../src/http/queries/record-list.ts";
import { uploadRequestSchema } from "../../../src/records/upload-options.ts";
import { fromTextFields } from "../../../src/text-fields.ts";
import { bytesOf } from "../../fuzz/target.ts";
import { TARGETS } from "../../fuzz/targets.ts";
import { holds } from "../../support/properties.ts";

const anyText = fc.string({ unit: "binary", maxLength: 300 });
const MAX_MS = 2 ** 48 - 1;
const time = fc.integer({ min: 0, max: MAX_MS });
const randomBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
const id = fc.tuple(time, randomBytes).map(([ms, bytes]) => createUuidV7(ms, (array) => (array.set(bytes), array)));

describe.each(Object.entries(TARGETS))("the parsers of %s", (_, target) => {
  holds(
    "hold for any bytes, and for sound ones of which some were changed",
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        anyText.map(bytesOf),
        fc
          .tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }))
          .map(([which, changes]) => {
            const seeds = target.seeds().filter(({ length }) => length < 5_000);
            const input = seeds[which % seeds.length]?.slice() ?? new Uint8Array(0);
            for (const [at, byte] of changes) input[at % input.length] = byte;
            return input;
          }),
      ),
      async (input) => {
        await target.run(input.subarray(0, target.maxBytes));
      },
    ),
    60,
  );
});

describe("ids", () => {
  holds(
    "tell their time, and are in its order",
    fc.property(time, time, randomBytes, (one, other, bytes) => {
      const make = (ms: number): string => createUuidV7(ms, (array) => (array.set(bytes), array));
      expect(isRecordId(make(one))).toBe(true);
      expect(timeOf(make(one))).toBe(one);
      if (one < other) expect(make(one) < make(other)).toBe(true);
      expect(firstIdOf(one) <= make(one)).toBe(true);
    }),
  );
});

describe("cursors", () => {
  holds(
    "lead back to the place that they were made of",
    fc.property(fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }), id, (consumedAt, recordId) => {
      const text = recordCursor({ consumedAt, id: recordId });
      expect(parseRecordQuery(new URLSearchParams({ cursor: text }))).toMatchObject({
        ok: true,
        value: { after: { consumedAt, id: recordId } },
      });
      const place = { createdAt: Math.abs(consumedAt), eventId: `evt_${recordId}_3` };
      expect(parseDeliveryQuery(new URLSearchParams({ cursor: deliveryCursor(place) }))).toMatchObject({
        ok: true,
        value: { before: place },
      });
    }),
  );
});

describe("headers", () => {
  const token = fc.stringMatching(/^[a-z-]{1,12}$/).filter((name) => name !== "wait");
  const preference = fc.oneof(
    token,
    fc.tuple(token, token).map(([name, value]) => `${name}=${value}`),
    fc.tuple(token, fc.stringMatching(/^[a-z ,;=]{0,12}$/)).map(([name, value]) => `${name}="${value}"`),
  );

  holds(
    "that prefer a wait are understood among any others",
    fc.property(
      fc.array(preference, { maxLength: 4 }),
      fc.array(preference, { maxLength: 4 }),
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom(
        (n: number) => `wait=${n}`,
        (n: number) => ` Wait = "${n}" `,
        (n: number) => `wait=${n}; x=y`,
      ),
      (before, behind, seconds, write) => {
        expect(parsePrefer([...before, write(seconds), ...behind].join(", "))).toEqual({
          waitSeconds: Math.min(seconds, 60),
        });
      },
    ),
  );

  holds(
    "that name entity tags name exactly those",
    fc.property(
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 30 }),
      (tags, asked) => {
        const header = tags.map((tag) => `"${tag}"`).join(", ");
        expect(isNamed(header, `"${asked}"`)).toBe(tags.includes(asked));
        expect(isNamed(header.replaceAll('"', '"').replaceAll(/(^|, )/g, "$1W/"), `"${asked}"`)).toBe(
          tags.includes(asked),
        );
      },
    ),
  );

  holds(
    "that ask to come again later are read as a number or a date, and never lie in the past",
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), time, (seconds, now) => {
      expect(parseRetryAfter(new Headers({ "retry-after": String(seconds) }), now)).toBe(seconds);
      const whole = Math.floor(now / 1000) * 1000;
      const date = new Date(Math.min(whole, 253_402_300_000_000)).toUTCString();
      expect(parseRetryAfter(new Headers({ "retry-after": date }), Date.parse(date) - 5_000)).toBe(5);
      expect(parseRetryAfter(new Headers({ "retry-after": date }), Date.parse(date) + 5_000)).toBe(0);
    }),
  );

  holds(
    "of a webhook never make a forged one genuine, nor throw",
    fc.asyncProperty(
      fc.record({
        "webhook-id": fc.option(anyText, { nil: undefined }),
        "webhook-timestamp": fc.option(fc.oneof(anyText, fc.constant("1800000000")), { nil: undefined }),
        "webhook-signature": fc.option(
          fc.oneof(
            anyText,
            fc.base64String().map((text) => `v1,${text}`),
            fc.constant(`v1,${"A".repeat(43)}=`),
          ),
          { nil: undefined },
        ),
        "x-body-signature": fc.option(fc.oneof(anyText, fc.constant("0".repeat(64))), { nil: undefined }),
      }),
      fc.oneof(anyText, fc.json(), fc.anything()),
      async (headers, body) => {
        const verdict = await verifyWebhook({ headers, body: body as string }, "whsec-key", {
          now: 1_800_000_000_000,
          acceptBodySignature: true,
        });
        expect(verdict.ok).toBe(false);
      },
    ),
  );
});

describe("addresses", () => {
  holds(
    "are the number that they write, in every form of IPv6",
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (value) => {
      const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(16 * (7 - index))) & 0xffffn);
      const full = groups.map((group) => group.toString(16)).join(":");
      expect(parseIpAddress(full)).toEqual({ version: 6, value });
      const short = new URL(`https://[${full}]/`).hostname.slice(1, -1);
      expect(parseIpAddress(short)).toEqual({ version: 6, value });
      const low = Number(value & 0xffff_ffffn);
      const dotted = [24, 16, 8, 0].map((shift) => (low >>> shift) & 0xff).join(".");
      expect(parseIpAddress(dotted)).toEqual({ version: 4, value: BigInt(low) });
      expect(
        parseIpAddress(
          `${groups
            .slice(0, 6)
            .map((group) => group.toString(16))
            .join(":")}:${dotted}`,
        ),
      ).toEqual({
        version: 6,
        value,
      });
    }),
  );

  holds(
    "of names are never made up: whatever the resolver answers, only what it lists under its type counts",
    fc.asyncProperty(fc.oneof(fc.json(), anyText), fc.constantFrom(200, 404, 500), async (body, status) => {
      const resolve = createDnsOverHttps({ fetch: async () => new Response(body, { status }) });
      const result = await resolve("hooks.example.com");
      if (result.ok) expect(result.value.addresses.every((address) => body.includes(address))).toBe(true);
      else expect(["unresolvable", "resolver_unavailable"]).toContain(result.error);
    }),
  );
});

describe("a stream of events", () => {
  const line = fc.stringMatching(/^[a-z0-9 :{}"]{0,20}$/);
  const event = fc.record({
    event: fc.stringMatching(/^[a-z]{1,8}$/),
    data: fc.array(line, { minLength: 1, maxLength: 3 }),
    id: fc.nat(),
  });

  holds(
    "is read as it was written, whatever ends its lines and wherever its pieces end",
    fc.property(
      fc.array(event, { maxLength: 5 }),
      fc.constantFrom("\n", "\r", "\r\n"),
      fc.array(fc.nat({ max: 40 }), { maxLength: 10 }),
      (events, end, cuts) => {
        const text = events
          .map(({ event: name, data, id: last }) =>
            [`event: ${name}`, `id: ${last}`, ": a comment", ...data.map((part) => `data: ${part}`), "", ""].join(end),
          )
          .join("");
        const parse = createEventParser();
        const read: ServerEvent[] = [];
        let at = 0;
        for (const cut of [...cuts, text.length]) {
          read.push(...parse(text.slice(at, at + cut)));
          at += cut;
        }
        expect(read).toEqual(
          events.map(({ event: name, data, id: last }) => ({ event: name, data: data.join("\n"), id: String(last) })),
        );
      },
    ),
  );
});

describe("the options of an upload", () => {
  holds(
    "mean the same in a query or a form as in JSON",
    fc.property(
      fc.record(
        {
          wait_on_process: fc.boolean(),
          max_duration_seconds: fc.integer({ min: 1, max: 60 }),
          analysis_mode: fc.constantFrom("precise", "fast"),
          user_time_offset_minutes: fc.integer({ min: -840, max: 840 }),
          country_code: fc.stringMatching(/^[a-z]{2}$/),
          include_ingredients: fc.boolean(),
          include_nutrition_fields: fc.uniqueArray(fc.constantFrom("energy_kcal", "iron_mg", "sodium_mg"), {
            minLength: 1,
          }),
          metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), anyText, { maxKeys: 4 }),
        },
        { requiredKeys: [] },
      ),
      (options) => {
        const texts = Object.entries(options).map(([name, value]): [string, string] => [
          name,
          Array.isArray(value) ? value.join(",") : typeof value === "object" ? JSON.stringify(value) : String(value),
        ]);
        expect(uploadRequestSchema.parse(fromTextFields(uploadRequestSchema, texts).fields)).toEqual(
          uploadRequestSchema.parse(options),
        );
      },
    ),
  );

  holds(
    "of any kind are judged without a throw",
    fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 6 }), fc.anything(), (texts, json) => {
      uploadRequestSchema.safeParse(fromTextFields(uploadRequestSchema, texts).fields);
      uploadRequestSchema.safeParse(json);
    }),
  );
});
