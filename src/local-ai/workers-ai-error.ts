/**
 * Errors with codes of Workers AI (developers.cloudflare.com/workers-ai/platform/errors), so that the production code
 * reads a local failure as it reads a real one. The platform begins the message with the code, as here.
 */

/** No one serves a model of this name. */
export const noSuchModel = (model: string, detail = ""): Error =>
  new Error(`5007: No such model ${model} or task${detail === "" ? "" : `: ${detail}`}`);

/** The input has the wrong shape: the caller's mistake. */
export const invalidInput = (detail: string): Error => new Error(`5004: Invalid data: ${detail}`);

/** The input has the right shape, but the image in it does not decode. */
export const unreadableImage = (detail: string): Error => new Error(`3010: Invalid or incomplete input: ${detail}`);

/** The model does not take a request of this size. */
export const requestTooLarge = (detail: string): Error => new Error(`3006: Request is too large: ${detail}`);

/** Whoever runs the model does not let this caller have it. */
export const notAllowed = (detail: string): Error =>
  new Error(`5018: Account is not allowed to use the model: ${detail}`);

/** Whoever runs the model cannot answer now. */
export const outOfCapacity = (detail: string): Error => new Error(`3040: Capacity temporarily exceeded: ${detail}`);
