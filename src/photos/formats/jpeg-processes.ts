/** A marker's coding process (ITU T.81, table B.1), by what it is called where it cannot be read here. */
const ARITHMETIC = "uses arithmetic coding";
const LOSSLESS = "is lossless";
const HIERARCHICAL = "is hierarchical";
const PROCESSES: Readonly<Record<number, string | undefined>> = {
  0xc3: LOSSLESS,
  0xc5: HIERARCHICAL,
  0xc6: HIERARCHICAL,
  0xc7: HIERARCHICAL,
  0xc9: ARITHMETIC,
  0xca: ARITHMETIC,
  0xcb: `${LOSSLESS} and ${ARITHMETIC}`,
  0xcd: HIERARCHICAL,
  0xce: HIERARCHICAL,
  0xcf: HIERARCHICAL,
  // DHP, with which a hierarchical file begins.
  0xde: HIERARCHICAL,
  // SOF55 (ITU T.87, table C.1).
  0xf7: "is a JPEG-LS",
};

/** What every decoder reads has samples of this precision (ITU T.81, table 1: the baseline process). */
const SAMPLE_BITS = 8;

const wayOut = (what: string): string =>
  `The JPEG ${what}, which hardly any program reads. Open it in the one that wrote it, and save it as an ordinary JPEG.`;

/**
 * What to tell of a file with this marker in front of its picture; null where decoders can go on. Baseline, extended and
 * progressive pictures with Huffman coding are read (SOF0 to SOF2).
 */
export function unreadableProcess(marker: number): string | null {
  const process = PROCESSES[marker];
  return process === undefined ? null : wayOut(process);
}

/** What to tell of a picture whose samples have so many bits; null where decoders can go on. */
export const unreadablePrecision = (bits: number): string | null =>
  bits === SAMPLE_BITS ? null : wayOut(`has ${bits} bits per sample`);
