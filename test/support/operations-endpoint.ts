/** Where the Worker under test tells operators of things, and the key that it signs with. */
export const OPERATIONS_URL = "https://operators.test.example.com/morsel";
export const OPERATIONS_KEY = "operations-webhook-key-0123456789";
