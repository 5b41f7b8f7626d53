import { log } from "../../log.ts";
import { lookUp } from "../../nutrition/languages/dictionary.ts";
import { callModel, type RunModel } from "../ask-model.ts";
import { buildTranslation, isModelLanguage, readTranslation } from "./translation-model.ts";

/** Calls that wait at once: an invocation may have six connections open, and not all of them here. */
const MAX_AT_ONCE = 4;
/** At most this many texts of one record are put to the model: a plate has fewer foods that the dictionary lacks. */
const MAX_ASKED = 16;

/** An English text that may need a translation. */
export interface Untranslated {
  text: string;
  /** Whether a model may be asked: not for what a user typed and no food table knows, which may be in any language. */
  isAskable: boolean;
  /** Whether the translation may be kept for other records: never for anything that has a user's own words in it. */
  isShared: boolean;
}

/** The outcome: translations by text, and whether a model call failed. */
export interface Translations {
  found: ReadonlyMap<string, string>;
  isModelDown: boolean;
}

/** Translates names by the dictionary, then by what a model said before, then by the model. Never throws. */
export type Translate = (texts: readonly Untranslated[], language: string, limitMs: number) => Promise<Translations>;

/**
 * Names that a model has translated before, cached in this data center. Never throws: without it, the model is called.
 */
export interface TranslationMemory {
  find(model: string, language: string, name: string): Promise<string | null>;
  remember(model: string, language: string, name: string, translated: string): Promise<void>;
}

/** Dependencies of translating. Without a model only the dictionary translates. */
export interface TranslatePorts {
  runModel: RunModel;
  model: string | null;
  memory: TranslationMemory;
  now: () => number;
}

type AskPorts = Omit<TranslatePorts, "model"> & { model: string };

/**
 * One text, from the memory or from the model; null when what the model says is no translation. Throws when it is down.
 */
async function askFor(
  { text, isShared }: Untranslated,
  language: string,
  deadline: number,
  { runModel, model, memory, now }: AskPorts,
): Promise<string | null> {
  const remembered = isShared ? await memory.find(model, language, text) : null;
  if (remembered !== null) return remembered;
  const timeLeftMs = deadline - now();
  if (timeLeftMs <= 0) throw new Error("the time limit for translations has passed");
  const output = await callModel(runModel, model, buildTranslation(text, language), timeLeftMs);
  const translated = readTranslation(output, text, language);
  if (translated !== null && isShared) await memory.remember(model, language, text, translated);
  return translated;
}

/** Asks for each text, a few at once, until the time is up or a call fails: the others would fail, too. */
async function askForAll(
  texts: readonly Untranslated[],
  language: string,
  deadline: number,
  ports: AskPorts,
): Promise<Translations> {
  const found = new Map<string, string>();
  const waiting = texts.slice(0, MAX_ASKED);
  let isModelDown = false;
  const askOn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !isModelDown; next = waiting.shift()) {
      try {
        const translated = await askFor(next, language, deadline, ports);
        if (translated !== null) found.set(next.text, translated);
      } catch (error) {
        isModelDown = true;
        log(
          "warn",
          "translation.model_failed",
          "translation model call failed",
          { model: ports.model, language },
          error,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, askOn));
  return { found, isModelDown };
}

/** Whether there is a model to ask, and it knows the language. */
const withModel = ({ model, ...ports }: TranslatePorts, language: string): AskPorts | null =>
  model === null || !isModelLanguage(language) ? null : { ...ports, model };

/** Wires a `Translate`. What is translated does not depend on the order of the texts. */
export function createTranslate(ports: TranslatePorts): Translate {
  return async (texts, language, limitMs) => {
    const known = new Map<string, string>();
    const unknown = new Map<string, Untranslated>();
    for (const untranslated of texts) {
      const word = lookUp(untranslated.text, language);
      if (word !== null) known.set(untranslated.text, word);
      else if (untranslated.isAskable) unknown.set(untranslated.text, untranslated);
    }
    const asking = withModel(ports, language);
    if (asking === null || unknown.size === 0) return { found: known, isModelDown: false };
    const asked = await askForAll([...unknown.values()], language, ports.now() + limitMs, asking);
    return { found: new Map([...known, ...asked.found]), isModelDown: asked.isModelDown };
  };
}
