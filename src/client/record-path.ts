export const RECORDS = "/nutrition_records";

/** The path of a record, or of what is below it; the id may be any text. */
export const recordPath = (id: string, rest = ""): string => `${RECORDS}/${encodeURIComponent(id)}${rest}`;
