/**
 * The id of the event that a record's transition to `version` is announced by: the same however often it is computed,
 * and free of dots, which Standard Webhooks uses to separate what it signs.
 */
export const eventId = (recordId: string, version: number): string => `evt_${recordId}_${version}`;

/** The version of the record that an event announces; 0 for an id of another form. */
export const eventVersion = (id: string): number => Number(/_(\d+)$/.exec(id)?.[1] ?? 0);

/** The id of the record that an event is about, or null when the text is no event's id. */
export const eventRecordId = (id: string): string | null => /^evt_(.+)_\d+$/.exec(id)?.[1] ?? null;

/** The range of ids, from inclusive and to exclusive, that all events of a record lie in: "`" follows "_". */
export const eventIdsOf = (recordId: string): { from: string; to: string } => ({
  from: `evt_${recordId}_`,
  to: `evt_${recordId}\``,
});
