/** One turn of one side: what it measured, by the name of the figure. */
export type Turn<Figure extends string> = () => Promise<Record<Figure, number>>;

/** A figure of both sides. `spread` is the lowest and the highest ratio of a single round. */
export interface Comparison {
  floor: number;
  service: number;
  ratio: number;
  spread: [number, number];
}

/** The middle value; the lower one of two. NaN without values. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** The figures of one round. */
interface Round<Figure extends string> {
  floor: Record<Figure, number>;
  service: Record<Figure, number>;
}

function compare<Figure extends string>(rounds: readonly Round<Figure>[], figure: Figure): Comparison {
  const floor = median(rounds.map((round) => round.floor[figure]));
  const service = median(rounds.map((round) => round.service[figure]));
  const ratios = rounds.map((round) => round.service[figure] / round.floor[figure]);
  return { floor, service, ratio: service / floor, spread: [Math.min(...ratios), Math.max(...ratios)] };
}

/**
 * Lets floor and service take turns, so that whatever else the machine is busy with meets both alike. The first turn of
 * each is thrown away: it warms up caches and compilers. Returns how to compare one figure.
 */
export async function takeTurns<Figure extends string>(
  title: string,
  count: number,
  floor: Turn<Figure>,
  service: Turn<Figure>,
): Promise<(figure: Figure) => Comparison> {
  const rounds: Round<Figure>[] = [];
  for (let number = 0; number <= count; number++) {
    process.stderr.write(number === 0 ? `${title}: warm-up\n` : `${title}: round ${number} of ${count}\n`);
    const round = { floor: await floor(), service: await service() };
    if (number > 0) rounds.push(round);
  }
  return (figure) => compare(rounds, figure);
}
