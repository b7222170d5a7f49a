import type { NewRequest, RequestStatus } from '@placet/contract';

/** About to send a request. Cancelable, except where it ends advertising: leaving cannot be stopped. */
export class RequestSubmitEvent extends Event {
  declare readonly request: NewRequest;

  constructor(request: NewRequest) {
    const cancelable = request.against !== 'marketing';
    super('placet-request-submit', { bubbles: true, composed: true, cancelable });
    this.request = request;
  }
}

/** The backend has stored a request. */
export class RequestSubmittedEvent extends Event {
  /** As it stands now, with the day by which it is answered. */
  declare readonly status: RequestStatus;

  constructor(status: RequestStatus) {
    super('placet-request-submitted', { bubbles: true, composed: true });
    this.status = status;
  }
}

declare global {
  interface HTMLElementEventMap {
    'placet-request-submit': RequestSubmitEvent;
    'placet-request-submitted': RequestSubmittedEvent;
  }
}
