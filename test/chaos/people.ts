import type { LoadApplication } from "./applications.ts";
import { change } from "./changing.ts";
import { create } from "./creating.ts";
import { diceFor } from "./dice.ts";
import type { Http } from "./http.ts";
import type { Ledger, RecordStory } from "./ledger.ts";
import { type Person, rest } from "./person.ts";
import { browse, follow } from "./reading.ts";

const PEOPLE_OF_EACH = 2;
const STEPS = { create: 50, change: 32, browse: 18 } as const;
const MAX_PAUSE_MS = 250;
/** In the run with slow endpoints 4 to 6 texts come in a second: the machine is not what makes things slow. */
const SLOW_PEOPLE_OF_EACH = 2;
const SLOW_PAUSE_MS = 2500;

export interface LoadPorts {
  http: Http;
  ledger: Ledger;
  seed: number;
  photoUrl: string;
  isOver: () => boolean;
}

/** The users of a load: a few of each application. */
export const gatherPeople = (applications: readonly LoadApplication[], ports: LoadPorts, isSlow: boolean): Person[] =>
  applications.flatMap((application) =>
    Array.from({ length: isSlow ? SLOW_PEOPLE_OF_EACH : PEOPLE_OF_EACH }, (_, index) => {
      const userId = `user-${index}`;
      const dice = diceFor(ports.seed, `${application.name} ${userId}`);
      return { application, userId, dice, records: [], headers: null, ...ports };
    }),
  );

/** One of the user's records; the newest ones are more likely, because more happens to them. */
function anyRecord({ dice, records }: Person): RecordStory | undefined {
  const place = Math.floor(Math.min(dice.between(0, 1), dice.between(0, 1)) * records.length);
  return records.at(-1 - place);
}

async function step(person: Person, photoUrl: string): Promise<void> {
  const story = anyRecord(person);
  const what = story === undefined ? "create" : person.dice.weighted(STEPS);
  if (story === undefined || what === "create") {
    const made = await create(person, photoUrl);
    if (made !== null) await follow(person, made);
    return;
  }
  await (what === "change" ? change(person, story) : browse(person, story));
}

/** Does one thing after the other until the load is over. */
export async function live(person: Person, photoUrl: string): Promise<void> {
  while (!person.isOver()) {
    await step(person, photoUrl);
    await rest(person, person.dice.between(0, MAX_PAUSE_MS));
  }
}

/** Sends texts, and looks at none of them. */
export async function sendTexts(person: Person, photoUrl: string): Promise<void> {
  while (!person.isOver()) {
    await create(person, photoUrl, { "text for models": 1 });
    await rest(person, person.dice.between(0, SLOW_PAUSE_MS));
  }
}
