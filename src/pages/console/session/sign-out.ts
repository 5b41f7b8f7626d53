/** Where a session that began with the administrator's token is ended. */
export const SIGN_OUT = "/console/sign-out";
/** Where Cloudflare Access ends its own session. */
export const ACCESS_SIGN_OUT = "/cdn-cgi/access/logout";
