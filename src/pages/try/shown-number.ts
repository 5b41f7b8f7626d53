/** From here on a decimal says more than anybody knows. */
const WHOLE_FROM = 100;

/** A number as the page shows it: with one decimal where it is small, thousands apart. */
export const shownNumber = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: value < WHOLE_FROM ? 1 : 0 });
