/** The height of a chart in the drawing's own units. */
export const HEIGHT = 100;

/** One kind of bar: its name, the class that colors it, and a height for each column; null where nothing is known. */
export interface Series {
  name: string;
  tone: "good" | "bad" | "quiet" | "strong" | "soft";
  values: readonly (number | null)[];
}

/** `stacked`: the bars of a column add up; `behind`: a later one stands behind the earlier ones. */
export type Arrangement = "stacked" | "behind";

/** The smallest of 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, … that reaches the highest value: the top of the chart. */
export function topOf(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((factor) => factor * power).find((top) => top >= highest) ?? highest;
}

/** How high a column is, in its values' own unit. */
export const columnHeight = (series: readonly Series[], place: number, arrangement: Arrangement): number => {
  const values = series.map(({ values: heights }) => heights[place] ?? 0);
  return arrangement === "stacked" ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
};

/** A bar in the drawing's units, `y` from the top. */
export interface Bar {
  tone: Series["tone"];
  y: number;
  height: number;
}

/** The bars of one column, those that stand behind first. */
export function barsOf(series: readonly Series[], place: number, top: number, arrangement: Arrangement): Bar[] {
  let below = 0;
  const bars = series.map(({ tone, values }): Bar => {
    const height = ((values[place] ?? 0) / top) * HEIGHT;
    const foot = arrangement === "stacked" ? below : 0;
    below += height;
    return { tone, y: HEIGHT - foot - height, height };
  });
  return bars.filter(({ height }) => height > 0).toReversed();
}
