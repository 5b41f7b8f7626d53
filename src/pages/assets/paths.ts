/** Where the pages' own files are. */
export const STYLESHEET_PATH = "/assets/morsel.css";
export const ICON_PATH = "/assets/icon.svg";
export const CONSOLE_STYLESHEET_PATH = "/assets/console.css";
export const CONSOLE_SCRIPT_PATH = "/assets/console.js";
export const SEARCH_SCRIPT_PATH = "/assets/search.js";
export const TRY_STYLESHEET_PATH = "/assets/try.css";
export const TRY_SCRIPT_PATH = "/assets/try.js";
