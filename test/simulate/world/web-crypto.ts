import * as nodeCrypto from "node:crypto";

/** AES-GCM's tag, which WebCrypto puts behind the ciphertext. */
const TAG_BYTES = 16;
const DERIVED_BYTES = 32;

type Bytes = ArrayBuffer | ArrayBufferView;

const asView = (data: Bytes): Buffer =>
  data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);

function asBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy.buffer;
}

/** The bytes behind each key: the program may not export them, Node's synchronous functions need them. */
const secrets = new WeakMap<CryptoKey, nodeCrypto.KeyObject>();

function secretOf(key: CryptoKey): nodeCrypto.KeyObject {
  const secret = secrets.get(key);
  if (secret === undefined) throw new Error("the key was not imported as raw bytes");
  return secret;
}

async function importRaw(
  bytes: Bytes,
  ...rest: [algorithm: AlgorithmIdentifier | HmacImportParams, isExtractable: boolean, usages: KeyUsage[]]
): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey("raw", Uint8Array.from(asView(bytes)), ...rest);
  secrets.set(key, nodeCrypto.createSecretKey(asView(bytes)));
  return key;
}

const hmac = (key: CryptoKey, data: Bytes): Buffer =>
  nodeCrypto.createHmac("sha256", secretOf(key)).update(asView(data)).digest();

interface Gcm {
  iv: Bytes;
  additionalData?: Bytes;
}

interface Derivation {
  salt: Bytes;
  info: Bytes;
}

/**
 * WebCrypto as far as the program uses it. The real one answers from a thread pool, after the world looks idle; here the
 * work is done at once.
 */
const subtle = {
  importKey: (
    _format: "raw",
    bytes: Bytes,
    ...rest: [algorithm: AlgorithmIdentifier | HmacImportParams, isExtractable: boolean, usages: KeyUsage[]]
  ) => importRaw(bytes, ...rest),
  sign: async (_algorithm: unknown, key: CryptoKey, data: Bytes) => asBuffer(hmac(key, data)),
  async verify(_algorithm: unknown, key: CryptoKey, signature: Bytes, data: Bytes) {
    const expected = hmac(key, data);
    const given = asView(signature);
    return given.length === expected.length && nodeCrypto.timingSafeEqual(given, expected);
  },
  digest: async (_algorithm: unknown, data: Bytes) =>
    asBuffer(nodeCrypto.createHash("sha256").update(asView(data)).digest()),
  async encrypt({ iv, additionalData }: Gcm, key: CryptoKey, data: Bytes) {
    const cipher = nodeCrypto.createCipheriv("aes-256-gcm", secretOf(key), asView(iv));
    if (additionalData !== undefined) cipher.setAAD(asView(additionalData));
    return asBuffer(Buffer.concat([cipher.update(asView(data)), cipher.final(), cipher.getAuthTag()]));
  },
  async decrypt({ iv, additionalData }: Gcm, key: CryptoKey, data: Bytes) {
    const sealed = asView(data);
    const decipher = nodeCrypto.createDecipheriv("aes-256-gcm", secretOf(key), asView(iv));
    if (additionalData !== undefined) decipher.setAAD(asView(additionalData));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return asBuffer(Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]));
  },
  async deriveKey(
    { salt, info }: Derivation,
    key: CryptoKey,
    derived: AlgorithmIdentifier | HmacImportParams,
    isExtractable: boolean,
    usages: KeyUsage[],
  ) {
    const bytes = nodeCrypto.hkdfSync("sha256", secretOf(key), asView(salt), asView(info), DERIVED_BYTES);
    return importRaw(bytes, derived, isExtractable, usages);
  },
  timingSafeEqual: (a: Bytes, b: Bytes) => nodeCrypto.timingSafeEqual(asView(a), asView(b)),
};

/** The platform's stream that digests what is written into it. */
class DigestStream extends WritableStream<Uint8Array> {
  readonly digest: Promise<ArrayBuffer>;

  constructor() {
    const hash = nodeCrypto.createHash("sha256");
    const { promise, resolve } = Promise.withResolvers<ArrayBuffer>();
    super({ write: (chunk) => void hash.update(chunk), close: () => resolve(asBuffer(hash.digest())) });
    this.digest = promise;
  }
}

const BYTE_VALUES = 256;

/** The global `crypto` of the program, random by `random` (0–1). */
export const createCrypto = (random: () => number) => {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
  return {
    subtle,
    DigestStream,
    getRandomValues<Values extends Uint8Array>(values: Values): Values {
      for (let index = 0; index < values.length; index++) values[index] = Math.floor(random() * BYTE_VALUES);
      return values;
    },
    randomUUID: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
};
