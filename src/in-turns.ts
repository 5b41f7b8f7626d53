/**
 * Processes all items with limited concurrency and returns the results in order. The next begins when one before it is
 * through: a time limit that the work sets itself counts from its own beginning. Throws what the first failing work
 * throws.
 */
export async function inTurns<Item, Done>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = [];
  const waiting = [...items.entries()];
  const workOn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, item] = next;
      done[place] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, workOn));
  return done;
}
