import type { RawBuilder } from 'kysely';

/** The journal's tables as both dialects give them back; instants are ISO 8601 text in UTC, JSON is text. */
export interface JournalTables {
  readonly run: {
    readonly run_id: string;
    readonly number: number;
    readonly target: string;
    readonly state: string;
    /** Sequence number of the last record: what a change is compared with. */
    readonly version: number;
    readonly document: string;
    readonly expires_at: string | null;
    /** What is asked of many runs at once, out of the document, which is read for no such question. */
    readonly generation: number | null;
    readonly replaced_by: string | null;
    readonly copy_kept_until: string | null;
    /** From when on the former databases may be dropped; null while they may not, or are gone. */
    readonly previous_due_at: string | null;
  };
  readonly record: RecordColumns & {
    readonly run_id: string;
    /** Of the process that wrote it: what it knew to write. */
    readonly protocol: number;
  };
  readonly target: {
    readonly name: string;
    readonly held_by: string | null;
    readonly fence: number;
    readonly lease_worker: string | null;
    /** Milliseconds since 1970 by the database's clock, so that it is compared and added to the same way everywhere. */
    readonly lease_until: Milliseconds | null;
    readonly generation: number;
    readonly survey: string | null;
    /** Of the freeze in force. */
    readonly freeze_number: number | null;
    /** Of the reservation in force. */
    readonly reservation_number: number | null;
  };
  readonly freeze: {
    readonly target: string;
    /** Counts the freezes of a sandbox. */
    readonly number: number;
    readonly from_at: string;
    readonly until_at: string;
    readonly reason: string;
    readonly set_by: string;
    /** Before its time, by somebody or by another freeze. */
    readonly lifted_by: string | null;
    readonly lifted_at: string | null;
  };
  readonly reservation: {
    readonly target: string;
    /** Counts the reservations of a sandbox. */
    readonly number: number;
    readonly from_at: string;
    readonly until_at: string;
    readonly reason: string;
    readonly reserved_by: string;
    /** Before its time: released, or taken over. */
    readonly ended_by: string | null;
    readonly ended_at: string | null;
  };
  readonly message: {
    readonly id: string;
    /** Milliseconds since 1970 by the database's clock. */
    readonly added_at: Milliseconds;
    readonly run_id: string | null;
    readonly kind: string;
    readonly conversation: string;
    readonly address: string;
    /** Of the message in its chat, hashed; null while it waits to be posted. */
    readonly lies_at: string | null;
    readonly picture: string | null;
    readonly posts: number;
    /** 0 or 1, as `replaced`. */
    readonly tried: number;
    readonly replaced: number;
    /** 0 or 1: it shows all that its run has to say, and is looked at again when there is a new record. */
    readonly settled: number;
    readonly shown_seq: number;
    /** Empty: nobody. */
    readonly shown_holder: string;
    readonly shown_generation: number;
    /** Number of the freeze that it shows; null: none. */
    readonly shown_freeze: number | null;
    /** Number of the reservation that it shows; null: none. */
    readonly shown_reservation: number | null;
    readonly gone_at: string | null;
    readonly gone_why: string | null;
    readonly addressee: string | null;
  };
  readonly personal_chat: {
    readonly person_id: string;
    readonly address: string;
    readonly seen_at: string;
  };
  readonly welcome: {
    /** Of a conversation, hashed. */
    readonly key: string;
    readonly said_at: string;
  };
  readonly chat_reader: {
    /** Of a personal chat, hashed. */
    readonly key: string;
    readonly zone: string;
    readonly locale: string;
  };
  readonly home: {
    readonly target: string;
    /** Counts the homes that a sandbox has had; the last one counts. */
    readonly number: number;
    readonly conversation: string;
    readonly address: string;
    readonly chosen_by: string;
    readonly chosen_at: string;
  };
  readonly log: {
    readonly run_id: string;
    readonly seq: number;
    readonly at: string;
    readonly step: string;
    readonly text: string;
    /** Running hash of the lines before; null in lines of before it was kept. */
    readonly previous_hash: string | null;
  };
  readonly report: {
    readonly run_id: string;
    readonly sha256: string;
    readonly text: string;
  };
  readonly profile_list: {
    readonly run_id: string;
    readonly kind: string;
    readonly text: string;
    readonly until_at: string;
    readonly kept_seconds: number | null;
  };
  readonly kept_head: {
    readonly run_id: string;
    readonly state: string;
    readonly ended_at: string;
  };
  readonly webhook: {
    readonly id: string;
    readonly hook: string;
    readonly run_id: string;
    readonly what: string;
    readonly body: string;
    /** Null: taken, or given up. */
    readonly due_at: string | null;
    readonly until: string;
    readonly tries: number;
  };
  readonly webhook_look: {
    readonly hook: string;
    readonly until: string;
  };
  readonly schedule: {
    readonly number: number;
    readonly target: string;
    readonly state: string;
    /** What a change is compared with. */
    readonly version: number;
    readonly handled_until: string;
    readonly document: string;
  };
  readonly schedule_record: RecordColumns & { readonly schedule: number };
  readonly occurrence: {
    readonly schedule: number;
    readonly at: string;
    readonly run_id: string;
  };
  readonly journal_state: {
    readonly name: 'protocol' | 'run-number';
    readonly value: number;
  };
}

/** The columns that records of runs and of schedules have alike. */
export interface RecordColumns {
  readonly seq: number;
  readonly at: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly actor_tenant: string;
  readonly actor_way: string | null;
  readonly event: string;
  readonly data: string;
  readonly evidence: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** Drivers read a 64-bit integer as text, because a number may not hold it. */
export type Milliseconds = number | string;

/** Column types that the dialects name differently. */
export interface ColumnTypes {
  /** Up to 64 characters of ASCII, fit for a key. */
  readonly name: RawBuilder<unknown>;
  /** Unicode without limit. */
  readonly text: RawBuilder<unknown>;
}
