/** Owns a service binding to `local-ai`, as the main Worker does; tests call the binding through the harness. */
export default { fetch: () => new Response() };
