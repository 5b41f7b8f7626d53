/** Prints a line as it happens. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);
