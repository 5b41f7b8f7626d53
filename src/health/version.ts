/** What this program is; a test holds it against package.json, wrangler.toml and the folder of migrations. */

export const VERSION = "0.1.0";

/** The runtime's behavior that the program is written for, by its date. */
export const COMPATIBILITY_DATE = "2026-10-23";

/** How many migrations the database needs: all that there are. */
export const MIGRATIONS = 19;
