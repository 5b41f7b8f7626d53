import { mean } from "./metrics.ts";

/** A named food with its stated confidence, and whether it is there. */
export interface JudgedName {
  confidence: number;
  isRight: boolean;
}

/** The names whose confidence lies in one tenth; their accuracy should match it. */
export interface ReliabilityRow {
  from: number;
  to: number;
  count: number;
  stated: number;
  right: number;
}

const BINS = 10;

/** The reliability table, without empty rows. */
export function reliabilityTable(names: readonly JudgedName[]): ReliabilityRow[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inBin = names.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count: inBin.length,
      stated: mean(inBin.map(({ confidence }) => confidence)),
      right: mean(inBin.map(({ isRight }) => Number(isRight))),
    };
  }).filter(({ count }) => count > 0);
}

/** Expected calibration error: the mean distance of stated and right, each row by its count. Null without any name. */
export function calibrationError(rows: readonly ReliabilityRow[]): number | null {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return rows.reduce((sum, { count, stated, right }) => sum + count * Math.abs(stated - right), 0) / total;
}

/** A stated confidence and what it was worth. */
export interface CalibrationPoint {
  stated: number;
  corrected: number;
  count: number;
}

/**
 * What stated confidences should have been: isotonic regression by pooling adjacent violators, so that a higher stated
 * confidence never becomes a lower one. To correct a confidence, interpolate between the points; before the first and
 * after the last point theirs hold. Take the points from one set of photos and check them on another.
 */
export function calibrationPoints(names: readonly JudgedName[]): CalibrationPoint[] {
  const sorted = names.toSorted((a, b) => a.confidence - b.confidence);
  const pools: { count: number; stated: number; right: number }[] = [];
  for (const { confidence, isRight } of sorted) {
    let pool = { count: 1, stated: confidence, right: Number(isRight) };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      const isEqual = last.stated / last.count === confidence && pool.count === 1;
      if (!isEqual && last.right / last.count < pool.right / pool.count) break;
      pools.pop();
      pool = { count: last.count + pool.count, stated: last.stated + pool.stated, right: last.right + pool.right };
    }
    pools.push(pool);
  }
  return pools.map(({ count, stated, right }) => ({ stated: stated / count, corrected: right / count, count }));
}
