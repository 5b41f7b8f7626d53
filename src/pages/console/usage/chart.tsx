import type { Child } from "hono/jsx";
import { Table } from "../../parts.tsx";
import { barsOf, columnHeight, HEIGHT, topOf, type Arrangement, type Bar, type Series } from "./bars.ts";

interface ChartContent {
  id: string;
  title: string;
  /** What the chart says, in a sentence, for people who cannot see it. */
  description: string;
  /** The label of each column. */
  columns: readonly string[];
  series: readonly Series[];
  arrangement: Arrangement;
  format: (value: number) => string;
}

/** The drawing's own units: it is stretched to the width of its place, and what must not stretch is not drawn in it. */
const COLUMN_WIDTH = 10;
const BAR_WIDTH = 7;

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

const Column = ({ bars, place, name }: { bars: readonly Bar[]; place: number; name: string }) => (
  <g>
    <title>{name}</title>
    {bars.map(({ tone, y, height }) => (
      <rect
        class={tone}
        x={rounded(place * COLUMN_WIDTH + (COLUMN_WIDTH - BAR_WIDTH) / 2)}
        y={rounded(y)}
        width={BAR_WIDTH}
        height={rounded(height)}
      />
    ))}
  </g>
);

const Legend = ({ series }: { series: readonly Series[] }) => (
  <ul class="legend">
    {series.map(({ name, tone }) => (
      <li>
        <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
          <rect class={tone} width="10" height="10" />
        </svg>
        {name}
      </li>
    ))}
  </ul>
);

const numberOf = (value: number | null | undefined, format: ChartContent["format"]): string =>
  value === null || value === undefined ? "–" : format(value);

/** The same numbers as a table, folded: what a chart shows is also there in words. */
const Numbers = ({ title, columns, series, format }: ChartContent) => (
  <details>
    <summary>As a table</summary>
    <Table
      label={`${title}, as a table`}
      head={
        <>
          <th scope="col">Time (UTC)</th>
          {series.map(({ name }) => (
            <th scope="col" class="number">
              {name}
            </th>
          ))}
        </>
      }
    >
      {columns.map((column, place) => (
        <tr>
          <th scope="row">{column}</th>
          {series.map(({ values }) => (
            <td class="number">{numberOf(values[place], format)}</td>
          ))}
        </tr>
      ))}
    </Table>
  </details>
);

/**
 * A chart of columns, drawn here: it needs neither script nor a style attribute, and is made of the page's own colors.
 */
export const Chart = (content: ChartContent): Child => {
  const { id, title, description, columns, series, arrangement, format } = content;
  const top = topOf(Math.max(...columns.map((_, place) => columnHeight(series, place, arrangement))));
  const nameOf = (place: number): string =>
    [columns[place], ...series.map(({ name, values }) => `${name} ${numberOf(values[place], format)}`)].join(", ");
  return (
    <figure class="chart">
      <figcaption>
        <h2 id={`${id}-name`}>{title}</h2>
        <Legend series={series} />
      </figcaption>
      <div class="plot">
        <span class="top" aria-hidden="true">
          {format(top)}
        </span>
        <svg
          role="img"
          aria-labelledby={`${id}-title ${id}-description`}
          viewBox={`0 0 ${columns.length * COLUMN_WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-description`}>{description}</desc>
          {[0, HEIGHT / 2].map((y) => (
            <line class="grid" x1="0" x2={columns.length * COLUMN_WIDTH} y1={y} y2={y} />
          ))}
          {columns.map((_, place) => (
            <Column bars={barsOf(series, place, top, arrangement)} place={place} name={nameOf(place)} />
          ))}
        </svg>
      </div>
      <div class="axis" aria-hidden="true">
        <span>{columns[0]}</span>
        <span>{columns[Math.floor(columns.length / 2)]}</span>
        <span>{columns.at(-1)}</span>
      </div>
      <Numbers {...content} />
    </figure>
  );
};
