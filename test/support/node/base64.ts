/**
 * The base64 and hex methods of ES2026, which workerd has and Node 24 has behind a flag only. Imported for its effect by
 * what runs the Worker's code in Node.
 */
const missing: Record<string, unknown> = {
  toBase64(this: Uint8Array, { alphabet = "base64", omitPadding = false } = {}): string {
    const text = Buffer.from(this).toString("base64");
    const spelt = alphabet === "base64url" ? text.replaceAll("+", "-").replaceAll("/", "_") : text;
    return omitPadding ? spelt.replaceAll("=", "") : spelt;
  },
  toHex(this: Uint8Array): string {
    return Buffer.from(this).toString("hex");
  },
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const HEX = /^(?:[0-9a-f]{2})*$/i;

const missingMakers: Record<string, unknown> = {
  fromBase64(text: string): Uint8Array {
    const dense = text.replaceAll(/[\t\n\f\r ]/g, "");
    if (!BASE64.test(dense)) throw new SyntaxError("not base64");
    return Uint8Array.from(Buffer.from(dense, "base64"));
  },
  fromHex(text: string): Uint8Array {
    if (!HEX.test(text)) throw new SyntaxError("not hex");
    return Uint8Array.from(Buffer.from(text, "hex"));
  },
};

function add(target: object, methods: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(methods)) {
    if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
}

add(Uint8Array.prototype, missing);
add(Uint8Array, missingMakers);
