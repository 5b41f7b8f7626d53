/** A key that is shown this once: a field whose whole text is selected by a click, and a button that copies, with script. */
export const KeyShownOnce = ({ id, label, value }: { id: string; label: string; value: string }) => (
  <div class="field">
    <label for={id}>{label}</label>
    <div class="with-button">
      <input id={id} class="secret" type="text" value={value} readonly autocomplete="off" spellcheck={false} />
      <button type="button" data-copies={id} aria-live="polite" hidden>
        Copy
      </button>
    </div>
  </div>
);

/** What to say above such keys. */
export const ShownOnceNotice = ({ what }: { what: string }) => (
  <div class="notice warn" role="status">
    <p>
      <strong>Copy {what} now.</strong> The service stores keys encrypted and will never show them again: reloading this
      page creates no other ones and shows none.
    </p>
  </div>
);
