/** A correction of an ingredient as the API takes it. */
export interface Correction {
  serving_size?: number;
  name?: string;
  food_source?: { table: string; id: string };
  remove?: true;
}

/** A food of a table as the value of a button; ids have no spaces. */
export const foodValue = ({ table, id }: { table: string; id: string }): string => `${table} ${id}`;

/** What one of the page's forms says about an ingredient. The API judges it. */
export function correctionOf(form: Iterable<[string, unknown]>): Correction {
  const correction: Correction = {};
  for (const [field, value] of form) {
    if (field === "serving_size") correction.serving_size = Number(value);
    if (field === "name") correction.name = String(value);
    if (field === "remove") correction.remove = true;
    if (field === "food_source") {
      const [table = "", id = ""] = String(value).split(" ");
      correction.food_source = { table, id };
    }
  }
  return correction;
}
