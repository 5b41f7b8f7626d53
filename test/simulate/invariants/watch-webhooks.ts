import { createHmac } from "node:crypto";
import { recordOf, type Cast } from "../cast.ts";
import type { Tables } from "../world/database.ts";
import type { Arrival } from "../world/receivers.ts";
import type { World } from "../world/world.ts";
import { recordRow } from "./rows.ts";

/** Whether the run is one in which nothing fails: then no webhook comes twice without a reason. */
export interface WebhookRules {
  isFaultless: boolean;
}

const signatureOf = (key: string, body: string): string => createHmac("sha256", key).update(body).digest("hex");

/** All webhooks of a run, and what must hold of them. */
export class WebhookWatch {
  /** The body of each event, by its id. */
  readonly bodies = new Map<string, string>();
  readonly #world: World;
  readonly #tables: Tables;
  readonly #cast: Cast;
  readonly #rules: WebhookRules;
  readonly #unsigned: Arrival[] = [];
  readonly #latest = new Map<string, number>();

  constructor(world: World, tables: Tables, cast: Cast, rules: WebhookRules) {
    this.#world = world;
    this.#tables = tables;
    this.#cast = cast;
    this.#rules = rules;
  }

  /** The program makes a request to an endpoint. */
  sends(eventId: string): void {
    const gone = this.#cast.records.find(({ id, deletedAt }) => deletedAt !== null && eventId.includes(id));
    if (gone !== undefined) {
      this.#world.violate(`AFTER DELETION: ${eventId} is sent after the DELETE of ${gone.name} was answered`);
    }
  }

  arrives(arrival: Arrival): void {
    const { eventId, recordId, version, body, receiver, status } = arrival;
    const world = this.#world;
    const record = recordOf(this.#cast, recordId);
    if (arrival.isSenderAlive && record !== undefined && record.deletedAt !== null) {
      world.violate(`AFTER DELETION: ${eventId} arrives after the DELETE of ${record.name} was answered`);
    }
    const row = recordRow(this.#tables, recordId);
    if (row !== undefined && row.version < version) {
      world.violate(`EARLY: ${eventId} (${status}) arrives while D1 has version ${row.version} (${row.status})`);
    }
    if (row !== undefined && row.application_id !== receiver.applicationId) {
      world.violate(`WRONG TENANT: ${eventId} of application ${row.application_id} comes to ${receiver.applicationId}`);
    }
    const known = this.bodies.get(eventId);
    if (known !== undefined && known !== body) world.violate(`TWO BODIES: ${eventId} has another body`);
    this.bodies.set(eventId, body);
    this.#checkContent(arrival);
    this.#checkOrder(arrival);
    this.#checkOnce(arrival);
    if (!this.#isSigned(arrival)) this.#unsigned.push(arrival);
  }

  /** Keys that were made meanwhile are known now. */
  finish(): void {
    for (const arrival of this.#unsigned) {
      if (!this.#isSigned(arrival)) {
        this.#world.violate(`SIGNATURE: ${arrival.eventId} is not signed with a key of its application`);
      }
    }
  }

  #checkContent({ eventId, recordId, body }: Arrival): void {
    const told = JSON.parse(body) as Record<string, unknown>;
    if (told["record_id"] !== recordId)
      this.#world.violate(`WRONG RECORD: ${eventId} is about ${String(told["record_id"])}`);
    const mark = /(?:dish of|product) (R\w+)/.exec(String(told["dish_name"]))?.[1];
    const record = recordOf(this.#cast, recordId);
    if (mark !== undefined && record !== undefined && mark !== record.name) {
      this.#world.violate(`WRONG RECORD: ${eventId} of ${record.name} carries the analysis of ${mark}`);
    }
  }

  /** First arrivals come in the order of their versions, unless somebody had them sent again. */
  #checkOrder({ eventId, recordId, version, attempt, receiver }: Arrival): void {
    const latest = this.#latest.get(recordId) ?? 0;
    const tenant = this.#cast.tenants.find(({ id }) => id === receiver.applicationId);
    if (version < latest && tenant?.areEventsRepeated !== true) {
      this.#world.violate(`ORDER: ${eventId}, attempt ${attempt}, comes after version ${latest}`);
    }
    this.#latest.set(recordId, Math.max(latest, version));
  }

  #checkOnce(arrival: Arrival): void {
    const { receiver, eventId } = arrival;
    const tenant = this.#cast.tenants.find(({ id }) => id === receiver.applicationId);
    if (!this.#rules.isFaultless || tenant?.areEventsRepeated === true) return;
    const wasHeard = receiver.arrivals.some(
      (other) => other !== arrival && other.eventId === eventId && other.isHeard && !other.isLate,
    );
    if (wasHeard) this.#world.violate(`TWICE: ${eventId} is sent again although nothing failed`);
  }

  #isSigned({ receiver, headers, body }: Arrival): boolean {
    const tenant = this.#cast.tenants.find(({ id }) => id === receiver.applicationId);
    if (tenant === undefined || !tenant.areKeysKnown) return true;
    return tenant.webhookKeys.some((key) => signatureOf(key, body) === headers.get("x-body-signature"));
  }
}
