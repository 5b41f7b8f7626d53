/** What wrangler prints for a failed build or a crash, and for an exception that the Worker did not catch. */
const ERROR_LINE = /^\s*(?:✘ \[ERROR\]|\[wrangler:error\])\s(.*)$/;

/**
 * What of a line of wrangler's output belongs on the terminal, or null. The service's own JSON log lines are for the log
 * even when they report an error, such as a webhook receiver that is down; stack traces follow in lines of their own.
 */
export function errorToShow(line: string): string | null {
  const message = ERROR_LINE.exec(line)?.[1]?.trimStart();
  return message === undefined || message.startsWith("{") ? null : message;
}
