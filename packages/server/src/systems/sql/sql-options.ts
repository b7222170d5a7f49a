import type { LawfulBasis, LocalText } from '@placet/contract';
import type { Particulars } from '../system.js';

/** Runs one statement of PostgreSQL, with `$1`, `$2`… for the values, and resolves with its rows. */
export type Query = (
  text: string,
  values: readonly unknown[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** What a value may be in a declaration: it is always sent as a parameter. */
export type Scalar = string | number | boolean;

/**
 * Which rows, by column; all must hold: `{ status: 'paid' }`, `{ status: ['open', 'sent'] }`,
 * `{ cancelled_at: null }`, `{ status: { not: 'paid' } }`, `{ starts_at: { after: 'now' } }`. For
 * more than that, make a view.
 */
export type Condition = Readonly<
  Record<
    string,
    | Scalar
    | null
    | readonly Scalar[]
    | { not: Scalar | null | readonly Scalar[] }
    | { after: 'now' }
    | { before: 'now' }
  >
>;

/**
 * How a row leads to its person: the column that holds the person's key, or, where another table
 * does, by which column that one is reached: `{ column: 'order_id', table: 'orders', key: 'id',
 * person: 'customer_id' }`. A row that leads to somebody else, too, is never changed or deleted.
 */
export type PersonPath =
  | string
  | {
      /** Of this table. */
      column: string;
      table: string;
      /** The column of that table which has the same value. */
      key: string;
      /** How its rows lead on. */
      person: PersonPath;
    };

/** A column that is to be shown by another name, or can be put right. Others are shown by their own. */
export interface SqlColumn {
  column: string;
  label: LocalText;
  /** Whether the person may correct it. @default false */
  rectifiable?: boolean;
}

/** What the law wants said of each table, and what the person is shown of it. */
export interface SqlCategory extends Particulars {
  /** Lower-case letters, digits and hyphens: `appointments`. */
  category: string;
  label: LocalText;
  purpose: LocalText;
  basis: LawfulBasis;
  retention: LocalText;
  /** Who else gets it, by name. */
  recipients?: readonly string[];
  /** Where it comes from, if not from the person. */
  source?: LocalText;
  /** Whether the person provided it, or was observed: then it is portable. @default false */
  provided?: boolean;
  /** `appointments`, or `shop.appointments` with its schema. A view will do for what is only read. */
  table: string;
  /** Those to be shown first, in this order, with their labels. */
  columns?: readonly SqlColumn[];
  /** Columns that never leave the database: a hash of a password. */
  omit?: readonly string[];
  /**
   * What an erasure does with a row: deletes it, or sets columns so that it tells of nobody any
   * more, that which leads to the person included. @default 'delete'
   */
  erase?: 'delete' | { set: Readonly<Record<string, Scalar | null>> };
}

/** The table with a row for each person. */
export interface SqlPeople extends SqlCategory {
  /** Names the person in other tables. */
  key: string;
  /** Columns, one at least: who is looked for is known by them. */
  email?: string;
  phone?: string;
  /** Whose telephone numbers may be written without `+`: `FR`. @default nobody's */
  country?: string;
  /** Columns that tell two people apart, for staff: `['first_name', 'last_name', 'city']`. */
  knownBy?: readonly string[];
  /**
   * Columns of type `timestamptz`, both or none: since when nothing may be done with the data but
   * keep it, and since when the person is as good as gone (000-22). Whatever of yours reads
   * this table looks at them.
   */
  restricted?: string;
  hidden?: string;
}

/** A table with rows about people. */
export interface SqlTable extends SqlCategory {
  /** The primary key. */
  key: string | readonly string[];
  person: PersonPath;
  /** Rows that an erasure leaves to the archive of what the law keeps, until so many years after a date. */
  keep?: {
    ground: LocalText;
    years: number;
    /** A column with a date; where it has none, the years run from the erasure. */
    from: string;
    /** @default every row */
    where?: Condition;
    /** Columns of the person that the law wants on the row: name and address on an invoice. @default none */
    withPerson?: readonly string[];
  };
}

/** Rows that must be settled before an erasure: appointments to come, memberships, open orders (000-18…20). */
export interface SqlCheck {
  /** Lower-case letters, digits and hyphens: `future-appointments`. */
  id: string;
  label: LocalText;
  table: string;
  person: PersonPath;
  where: Condition;
}

/** Options of `sqlSystem`. What an erasure deletes, it deletes from the last table to the first, and the person last. */
export interface SqlSystemOptions {
  /** Lower-case letters, digits and hyphens: `bookings`. */
  id: string;
  name: LocalText;
  /** The sites whose data it holds. @default every one */
  sites?: readonly string[];
  query: Query;
  /** Runs statements of which all hold or none. @default each one by itself */
  transaction?: <Result>(run: (query: Query) => Promise<Result>) => Promise<Result>;
  people: SqlPeople;
  /** A table that another one is reached through stands before it: orders, then their lines. @default [] */
  tables?: readonly SqlTable[];
  /** @default [] */
  checks?: readonly SqlCheck[];
  /** @default () => new Date() */
  now?: () => Date;
}
