/**
 * Errors with codes of Workers AI (developers.cloudflare.com/workers-ai/platform/errors), so that the production code
 * reads a local failure as it reads a real one. The platform begins the message with the code, as here.
 */

/** There is no model of this name. */
export const noSuchModel = (model: string, detail = ""): Error =>
  new Error(`5007: No such model ${model} or task${detail === "" ? "" : `: ${detail}`}`);

/** The input has the wrong shape: the caller's mistake. */
export const invalidInput = (detail: string): Error => new Error(`5004: Invalid data: ${detail}`);

/** The input has the right shape, but the image in it does not decode. */
export const unreadableImage = (detail: string): Error => new Error(`3010: Invalid or incomplete input: ${detail}`);

/** The model does not take a request of this size. */
export const requestTooLarge = (detail: string): Error => new Error(`3006: Request is too large: ${detail}`);

/** The provider does not give this caller access to the model. */
export const notAllowed = (detail: string): Error =>
  new Error(`5018: Account is not allowed to use the model: ${detail}`);

/** The provider is out of capacity right now. */
export const outOfCapacity = (detail: string): Error => new Error(`3040: Capacity temporarily exceeded: ${detail}`);
