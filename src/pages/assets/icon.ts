/** A bitten cracker: the mark of the service. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#c2570c" d="M16 3a13 13 0 1 0 13 13 6 6 0 0 1-6.500-6.500A6 6 0 0 1 16 3Z"/><g fill="#fff3e6"><circle cx="11" cy="12" r="2"/><circle cx="10" cy="19" r="2"/><circle cx="17" cy="22" r="2"/><circle cx="17" cy="15" r="2"/></g></svg>`;
