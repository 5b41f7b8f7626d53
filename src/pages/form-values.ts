/** A field of a form as it was typed, without space around it; empty when it is missing, or a file. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
};

/** A whole number as it was typed. What is none, the empty text included, is NaN, which no schema takes. */
export const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);
