/**
 * Errors with the codes and the message shapes of Workers AI, so that the production code reads a local failure as it
 * reads a real one. 5007 and 5004 are in Cloudflare's table of Workers AI errors; 3010 is not in the table, but it is
 * what the platform's models answer to an input that they cannot use.
 */

/** Nobody serves a model of this name. */
export const noSuchModel = (model: string): Error => new Error(`5007: No such model ${model} or task`);

/** The input has the wrong shape: the caller's mistake. */
export const invalidInput = (detail: string): Error => new Error(`5004: Invalid data: ${detail}`);

/** The input has the right shape, but the model can make nothing of it, such as an image that does not decode. */
export const unusableInput = (detail: string): Error =>
  new Error(`3010: Invalid or incomplete input for the model: model returned: ${detail}`);
