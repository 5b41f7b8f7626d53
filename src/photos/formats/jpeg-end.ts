import { huffmanTable, type HuffmanTable } from "./entropy-coded.ts";
import { view } from "./image-header.ts";
import { passOverScan, type FrameComponent, type Scan, type ScanComponent } from "./jpeg-scan.ts";

const SOF2 = 0xc2;
const DHT = 0xc4;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DRI = 0xdd;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= SOF2;

/** Where a code's two parts lie in a DHT segment (ITU T.81, B.2.4.2). */
const COUNTS = { from: 1, to: 17 };
const COEFFICIENTS = 64;
/** Of color images; what has more is read by no decoder. */
const MAX_COMPONENTS = 4;

/**
 * A bound on the work for a crafted file: at most this many blocks are passed over, in all scans together. A progressive
 * photo of 50 megapixels in whole color has 2.3 million, and passes over each some five times.
 */
const MAX_BLOCKS = 12_000_000;
/**
 * The same for the coefficients that refinements step through, one by one, however few bits they bring: a progressive photo
 * of 4 megapixels has 10 million, and more would keep others waiting. A larger one needs its end marker.
 */
const MAX_REFINED = 10_000_000;

/** So many zero bytes in a row are no picture's: a download that stopped leaves them where its file was made in advance. */
const FILLED_BYTES = 16;

/** What a file has said so far of its picture. */
interface Picture {
  isProgressive: boolean;
  components: FrameComponent[];
  /** DHT payloads by their class and destination: made into tables only for scans that use them. */
  codes: Map<number, Uint8Array>;
  restartInterval: number;
  /** For each component, the bits of its coefficients' precision that are still to come: -1 before the first. */
  missing: Map<number, Int8Array>;
  blocks: number;
  refined: number;
}

/** Reads SOF0 to SOF2 (ITU T.81, B.2.2). */
function readFrame(marker: number, payload: Uint8Array): Pick<Picture, "isProgressive" | "components" | "missing"> {
  const fields = view(payload);
  const [height, width] = [fields.getUint16(1), fields.getUint16(3)];
  const count = Math.min(payload[5] ?? 0, MAX_COMPONENTS, Math.floor((payload.length - 6) / 3));
  const stated = Array.from({ length: count }, (_, index) => {
    const [id = 0, factors = 0] = payload.subarray(6 + 3 * index);
    return { id, horizontal: factors >> 4, vertical: factors & 15 };
  });
  const most = {
    horizontal: Math.max(1, ...stated.map(({ horizontal }) => horizontal)),
    vertical: Math.max(1, ...stated.map(({ vertical }) => vertical)),
  };
  const mcus = Math.ceil(width / (8 * most.horizontal)) * Math.ceil(height / (8 * most.vertical));
  const isProgressive = marker === SOF2;
  const components = stated.map(({ id, horizontal, vertical }) => {
    // Alone in a scan, a component has no more blocks than its samples fill (ITU T.81, A.2.2).
    const columns = Math.ceil(Math.ceil((width * horizontal) / most.horizontal) / 8);
    const rows = Math.ceil(Math.ceil((height * vertical) / most.vertical) / 8);
    const blocks = columns * rows;
    return {
      id,
      blocksInMcu: horizontal * vertical,
      mcus,
      blocks,
      seen: new Uint32Array(isProgressive ? 2 * blocks : 0),
    };
  });
  return {
    isProgressive,
    components,
    missing: new Map(components.map(({ id }) => [id, new Int8Array(COEFFICIENTS).fill(-1)])),
  };
}

/** Takes the codes of a DHT segment apart (ITU T.81, B.2.4.2). */
function readCodes(payload: Uint8Array, codes: Map<number, Uint8Array>): void {
  for (let at = 0; at + COUNTS.to <= payload.length;) {
    const symbols = payload.subarray(at + COUNTS.from, at + COUNTS.to).reduce((sum, count) => sum + count, 0);
    codes.set(payload[at] ?? 0, payload.subarray(at, at + COUNTS.to + symbols));
    at += COUNTS.to + symbols;
  }
}

function tableOf(codes: Map<number, Uint8Array>, kind: "dc" | "ac", destination: number): HuffmanTable | null {
  const code = codes.get((kind === "ac" ? 0x10 : 0) | destination);
  if (code === undefined) return null;
  return huffmanTable(code.subarray(COUNTS.from, COUNTS.to), code.subarray(COUNTS.to));
}

/** Reads a scan header (ITU T.81, B.2.3); null when it names what is not there. */
function readScan(payload: Uint8Array, picture: Picture): Scan | null {
  const count = payload[0] ?? 0;
  if (count === 0 || payload.length < 4 + 2 * count) return null;
  const [from = 0, to = 0, approximation = 0] = payload.subarray(1 + 2 * count);
  const components: ScanComponent[] = [];
  for (let index = 0; index < count; index += 1) {
    const [id = 0, tables = 0] = payload.subarray(1 + 2 * index);
    const component = picture.components.find((candidate) => candidate.id === id);
    if (component === undefined || component.blocksInMcu === 0) return null;
    const [dc, ac] = [tableOf(picture.codes, "dc", tables >> 4), tableOf(picture.codes, "ac", tables & 15)];
    components.push({ ...component, dc, ac });
  }
  const { restartInterval } = picture;
  if (!picture.isProgressive) {
    return { kind: "sequential", components, from: 0, to: COEFFICIENTS - 1, shift: 0, restartInterval };
  }
  const isFirst = approximation >> 4 === 0;
  if (to >= COEFFICIENTS || from > to || (from > 0 && count > 1)) return null;
  return {
    kind: `${from === 0 ? "dc" : "ac"} ${isFirst ? "first" : "refinement"}`,
    components,
    from,
    to,
    shift: approximation & 15,
    restartInterval,
  };
}

/** Whether every coefficient of every component has come with all of its bits. */
const isWhole = ({ missing }: Picture): boolean =>
  missing.size > 0 && [...missing.values()].every((bits) => bits.every((left) => left === 0));

/** Passes over a scan, and notes what it has brought. Returns where its data end, or null when they do before. */
function readPicture(bytes: Uint8Array, at: number, payload: Uint8Array, picture: Picture): number | null {
  const scan = readScan(payload, picture);
  if (scan === null) return null;
  const [alone] = scan.components;
  const blocks =
    scan.components.length === 1
      ? (alone?.blocks ?? 0)
      : scan.components.reduce((sum, { blocksInMcu, mcus }) => sum + blocksInMcu * mcus, 0);
  picture.blocks += blocks;
  if (scan.kind === "ac refinement") picture.refined += blocks * (scan.to - scan.from + 1);
  if (picture.blocks > MAX_BLOCKS || picture.refined > MAX_REFINED) return null;
  const end = passOverScan(bytes, at, scan);
  if (end === null) return null;
  for (const { id } of scan.components) picture.missing.get(id)?.fill(scan.shift, scan.from, scan.to + 1);
  return end;
}

/** The next marker that is followed by a segment, and where that begins. */
function nextSegment(bytes: Uint8Array, from: number): { marker: number; at: number } | null {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 4 <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker > 1 && (marker < 0xd0 || marker > SOI) && marker !== 0xff) return { marker, at: at + 2 };
  }
  return null;
}

/** Where the picture of a JPEG ends, found by counting its coefficients; null when some are missing. */
function endOfPicture(bytes: Uint8Array): number | null {
  const picture: Picture = {
    isProgressive: false,
    components: [],
    codes: new Map(),
    restartInterval: 0,
    missing: new Map(),
    blocks: 0,
    refined: 0,
  };
  let next = nextSegment(bytes, 2);
  while (next !== null && next.marker !== EOI) {
    const { marker, at } = next;
    let end = at + view(bytes).getUint16(at);
    const payload = bytes.subarray(at + 2, end);
    if (isFrame(marker)) Object.assign(picture, readFrame(marker, payload));
    if (marker === DHT) readCodes(payload, picture.codes);
    if (marker === DRI && payload.length >= 2) picture.restartInterval = view(payload).getUint16(0);
    if (marker === SOS) {
      const behind = readPicture(bytes, end, payload, picture);
      if (behind === null) return null;
      if (isWhole(picture)) return behind;
      end = behind;
    }
    next = nextSegment(bytes, end);
  }
  return null;
}

/** Whether what was read as the end of a picture are zeros that go on behind it. */
const isFilling = (bytes: Uint8Array, end: number): boolean =>
  end < bytes.length && bytes.subarray(end - FILLED_BYTES, end + 1).every((byte) => byte === 0);

/**
 * A JPEG without its end marker, with one: it ends where its picture does, and what follows that is left out. Null when
 * the picture is not all there. What is whole is told by its data alone: every scan has all of its blocks, the last one
 * is padded with ones as the standard wants it, and nothing of any coefficient is still to come. A file that was cut off
 * anywhere in its picture fails that, even at its last block; so does one whose missing end was made up of zeros.
 */
export function closeJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const end = endOfPicture(bytes);
  if (end === null || isFilling(bytes, end)) return null;
  const closed = new Uint8Array(end + 2);
  closed.set(bytes.subarray(0, end));
  closed.set([0xff, EOI], end);
  return closed;
}
