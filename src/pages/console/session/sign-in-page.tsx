import { ConsolePage } from "../console-page.tsx";

interface SignInContent {
  /** Where to continue. */
  to: string;
  /** Why the last try failed. */
  error?: string;
  /** Whether the user has just signed out. */
  signedOut?: boolean;
}

/** The sign-in page for holders of the admin token. */
export const SignInPage = ({ to, error, signedOut = false }: SignInContent) => (
  <ConsolePage title="Sign in" session={null}>
    <div class="sign-in">
      <h1>Sign in</h1>
      {signedOut && (
        <p class="notice good" role="status">
          You are signed out.
        </p>
      )}
      <form method="post" action="/console/sign-in" class="fields-form">
        <input type="hidden" name="to" value={to} />
        {/* Password managers keep a secret by a name. */}
        <input type="text" name="username" value="morsel-administrator" autocomplete="username" hidden />
        <div class="field">
          <label for="token">Administrator token</label>
          <input
            id="token"
            name="token"
            type="password"
            autocomplete="current-password"
            required
            autofocus
            aria-describedby={error === undefined ? "token-hint" : "token-error token-hint"}
            {...(error !== undefined && { "aria-invalid": "true" })}
          />
          {error !== undefined && (
            <p class="error" id="token-error" role="alert">
              {error}
            </p>
          )}
          <p class="hint" id="token-hint">
            The deployment’s <code>ADMIN_TOKEN</code>. With <code>npm start</code>, it is <code>local-admin-token</code>
            .
          </p>
        </div>
        <button class="primary">Sign in</button>
      </form>
    </div>
  </ConsolePage>
);
