/** What kind of a violation it is: the words in capitals that it begins with. */
export const kindOf = (violation: string): string => violation.split(":")[0] ?? violation;

/** The same kind as the first violation of a run, or null when the run has none. */
export const firstKind = ({ violations }: { violations: readonly string[] }): string | null =>
  violations[0] === undefined ? null : kindOf(violations[0]);
