/**
 * Where `localStorage` says which decision the backend acknowledged last: its id, with a `+` behind
 * it where something still waits. Each record that waits lies under a key of its own, this one with
 * `:` and the decision's id behind it.
 */
export const OUTBOX = 'placet-outbox';
