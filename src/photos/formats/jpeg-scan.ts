import { EntropyCodedBits, type HuffmanTable } from "./entropy-coded.ts";

/** A component as its frame has it. */
export interface FrameComponent {
  id: number;
  /** In a scan with others. */
  blocksInMcu: number;
  /** Of the frame. */
  mcus: number;
  /** In a scan of its own. */
  blocks: number;
  /** Which coefficients of each block are not zero so far, two words for each; a progressive frame's only. */
  seen: Uint32Array;
}

export interface ScanComponent extends FrameComponent {
  dc: HuffmanTable | null;
  ac: HuffmanTable | null;
}

/** One scan: which coefficients it brings, and down to which bit. */
export interface Scan {
  kind: "sequential" | "dc first" | "dc refinement" | "ac first" | "ac refinement";
  components: ScanComponent[];
  /** The first and the last coefficient in zigzag order. */
  from: number;
  to: number;
  /** The bits that later scans refine. */
  shift: number;
  /** In MCUs; 0 = none. */
  restartInterval: number;
}

/** A symbol's run of zeros before a coefficient of so many bits. 15 without a coefficient is a run of 16 zeros. */
const LONG_RUN = 15;

const popCount = (word: number): number => {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
};

/** Passes over a scan block by block: nothing is computed, only counted. */
class BlockReader {
  readonly #bits: EntropyCodedBits;
  readonly #scan: Scan;
  /** Blocks that are left of a run without further coefficients (ITU T.81, G.1.2.2). */
  #endOfBandRun = 0;

  constructor(bits: EntropyCodedBits, scan: Scan) {
    this.#bits = bits;
    this.#scan = scan;
  }

  restart(): void {
    this.#endOfBandRun = 0;
  }

  /**
   * Passes over the blocks from this one on, at most so many, that a run ends without a further bit. A run of 32,767 takes
   * two bytes, and a small file may have thousands of them.
   */
  skipRun({ seen }: ScanComponent, block: number, most: number): number {
    const run = Math.min(this.#endOfBandRun, most);
    let skipped = 0;
    if (this.#scan.kind === "ac first") skipped = run;
    else while (skipped < run && isEmpty(seen, 2 * (block + skipped))) skipped += 1;
    this.#endOfBandRun -= skipped;
    return skipped;
  }

  /** False when the scan lacks a table that it needs. */
  read({ dc, ac, seen }: ScanComponent, block: number): boolean {
    switch (this.#scan.kind) {
      case "sequential":
        if (dc === null || ac === null) return false;
        this.#bits.number(this.#bits.symbol(dc) & 15);
        this.#sequentialAc(ac);
        return true;
      case "dc first":
        if (dc === null) return false;
        this.#bits.number(this.#bits.symbol(dc) & 15);
        return true;
      case "dc refinement":
        this.#bits.number(1);
        return true;
      case "ac first":
        if (ac !== null) this.#firstAc(ac, seen, 2 * block);
        return ac !== null;
      case "ac refinement":
        if (ac !== null) this.#refineAc(ac, seen, 2 * block);
        return ac !== null;
    }
  }

  /** ITU T.81, F.1.2.2. */
  #sequentialAc(ac: HuffmanTable): void {
    for (let index = 1; index < 64; index += 1) {
      const symbol = this.#bits.symbol(ac);
      const [run, bits] = [symbol >> 4, symbol & 15];
      if (bits === 0 && run < LONG_RUN) return;
      index += run;
      this.#bits.number(bits);
    }
  }

  #endOfBand(run: number): number {
    return (1 << run) + this.#bits.number(run);
  }

  /** ITU T.81, G.1.2.2. */
  #firstAc(ac: HuffmanTable, seen: Uint32Array, word: number): void {
    for (let index = this.#scan.from; index <= this.#scan.to; index += 1) {
      const symbol = this.#bits.symbol(ac);
      const [run, bits] = [symbol >> 4, symbol & 15];
      if (bits === 0 && run < LONG_RUN) {
        this.#endOfBandRun = this.#endOfBand(run) - 1;
        return;
      }
      index += run;
      this.#bits.number(bits);
      if (bits > 0) mark(seen, word, index);
    }
  }

  /** ITU T.81, G.1.2.3: a bit for each coefficient that is not zero, between those that become so. */
  #refineAc(ac: HuffmanTable, seen: Uint32Array, word: number): void {
    let index = this.#scan.from;
    while (this.#endOfBandRun === 0 && index <= this.#scan.to) {
      const symbol = this.#bits.symbol(ac);
      const [run, bits] = [symbol >> 4, symbol & 15];
      if (bits === 0 && run < LONG_RUN) {
        this.#endOfBandRun = this.#endOfBand(run);
        break;
      }
      // The sign.
      this.#bits.number(bits === 0 ? 0 : 1);
      index = this.#passZeros(seen, word, index, run);
      if (bits > 0) mark(seen, word, index);
      index += 1;
    }
    if (this.#endOfBandRun === 0) return;
    const left = countFrom(seen, word, index, this.#scan.to);
    for (let bit = 0; bit < left; bit += 1) this.#bits.number(1);
    this.#endOfBandRun -= 1;
  }

  /** Passes over so many zeros and the refined coefficients among them; returns the place of the zero behind. */
  #passZeros(seen: Uint32Array, word: number, from: number, zeros: number): number {
    let left = zeros;
    for (let index = from; index <= this.#scan.to; index += 1) {
      if (isMarked(seen, word, index)) this.#bits.number(1);
      else if (left === 0) return index;
      else left -= 1;
    }
    return this.#scan.to + 1;
  }
}

const isEmpty = (seen: Uint32Array, word: number): boolean => seen[word] === 0 && seen[word + 1] === 0;

const isMarked = (seen: Uint32Array, word: number, index: number): boolean =>
  (((seen[word + (index >> 5)] ?? 0) >>> (index & 31)) & 1) === 1;

function mark(seen: Uint32Array, word: number, index: number): void {
  const at = word + (index >> 5);
  if (index < 64) seen[at] = (seen[at] ?? 0) | (1 << (index & 31));
}

/** How many of these coefficients are not zero. */
function countFrom(seen: Uint32Array, word: number, from: number, to: number): number {
  const within = (first: number): number => {
    const [low, high] = [Math.max(from - first, 0), Math.min(to - first, 31)];
    // A shift by 32 is one by 0.
    return low > high ? 0 : ((0xffff_ffff >>> (31 - high)) & (0xffff_ffff << low)) >>> 0;
  };
  return popCount((seen[word] ?? 0) & within(0)) + popCount((seen[word + 1] ?? 0) & within(32));
}

/** Passes over the data of a scan that begin at `at`. Returns where they end, or null when blocks are missing. */
export function passOverScan(bytes: Uint8Array, at: number, scan: Scan): number | null {
  const bits = new EntropyCodedBits(bytes, at);
  const reader = new BlockReader(bits, scan);
  const [first] = scan.components;
  if (first === undefined) return null;
  const isAlone = scan.components.length === 1;
  const mcus = isAlone ? first.blocks : first.mcus;
  const interval = scan.restartInterval === 0 ? mcus : scan.restartInterval;
  for (let mcu = 0; mcu < mcus; mcu += 1) {
    if (mcu > 0 && mcu % interval === 0) {
      if (!bits.restart()) return null;
      reader.restart();
    }
    const rest = Math.min(mcus - mcu, interval - (mcu % interval));
    const skipped = isAlone ? reader.skipRun(first, mcu, rest) : 0;
    if (skipped > 0) {
      mcu += skipped - 1;
      continue;
    }
    for (const component of scan.components) {
      const blocks = isAlone ? 1 : component.blocksInMcu;
      for (let block = 0; block < blocks; block += 1) if (!reader.read(component, mcu)) return null;
    }
    if (bits.isSpent) return null;
  }
  return bits.align();
}
