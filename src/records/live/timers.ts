import type { Timers } from "./listener.ts";

/** The runtime's own clock. */
export const timers: Timers = {
  every(ms, action) {
    const timer = setInterval(action, ms);
    return () => clearInterval(timer);
  },
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
