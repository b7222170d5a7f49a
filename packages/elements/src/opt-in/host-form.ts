import type { OptIn } from '@placet/contract';
import { OUTBOX } from '@placet/core';

/** The form entry that holds the opt-in. */
export const ENTRY = 'placet-opt-in';

/**
 * Keeps an opt-in from being lost with the page, each behind a comma: any later page brings the
 * outbox for it. In this tab alone: a device may be shared, and what the browser itself forgets
 * with the tab does not stay on it. Where storage is blocked, the one call must do.
 */
export function keep(optIn: OptIn): void {
  try {
    sessionStorage[OUTBOX] = `${sessionStorage[OUTBOX] ?? ''},${JSON.stringify(optIn)}`;
  } catch {
    // Blocked or full.
  }
}

/** Whether an earlier page left something to deliver. */
export function hasKept(): boolean {
  try {
    return OUTBOX in sessionStorage;
  } catch {
    return false;
  }
}

/**
 * Follows the forms of the host that a widget becomes a part of.
 *
 * @param addEntry called whenever one is read; `isSent` where that is because it is on its way
 * @returns told of each form
 */
export function createHostForm(
  addEntry: (event: FormDataEvent, isSent: boolean) => void,
): (form: HTMLFormElement | null) => void {
  /** The last time that the person sent the form. */
  let sent: Event | undefined;
  const submit = (event: Event) => (sent = event);
  const read = (event: FormDataEvent) => {
    // Over, and canceled by none of those who listened: then the browser itself reads the form.
    const isSent = sent?.target === event.target && !sent?.currentTarget && !sent?.defaultPrevented;
    addEntry(event, isSent);
  };

  let joined: AbortController | undefined;
  return (form) => {
    joined?.abort();
    joined = new AbortController();
    const { signal } = joined;
    form?.addEventListener('submit', submit, { capture: true, signal });
    form?.addEventListener('formdata', read, { signal });
  };
}
