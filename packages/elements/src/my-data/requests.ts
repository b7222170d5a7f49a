import type { NewRequest, PackageFormat, RequestStatus, RequestType } from '@placet/contract';
import { uuid } from '@placet/core';
import { html, nothing } from 'lit/html.js';
import { saveFile } from '../shared/save-file.js';
import { renderButton } from './controls.js';
import { RequestSubmitEvent, RequestSubmittedEvent } from './events.js';
import { isUnderWay, renderRequest, type RequestDrawing } from './request.js';
import type { Said, SectionName, Widget } from './widget.js';

/** What a section asks for. */
export type Wish = Pick<NewRequest, 'type' | 'corrections' | 'against' | 'note'>;

/** What the person asked for so far, and what can be done about it. */
export interface Requests {
  readonly list: readonly RequestStatus[];
  load(): Promise<void>;
  /** Whether a type of request can be made here. */
  offers(type: RequestType): boolean;
  /** The newest of a type that is not answered yet. */
  underWay(type: RequestType): RequestStatus | undefined;
  /** Sends a request between the two events that tell of it, and says in the section what became of it. */
  submit(section: SectionName, wish: Wish, done: (status: RequestStatus) => Said): Promise<boolean>;
  /** Says of what staff entered that it was the person's own, and in the section what became of it. */
  confirm(
    section: SectionName,
    request: RequestStatus,
    done: (status: RequestStatus) => Said,
  ): Promise<boolean>;
  /** Absent where answers come another way. */
  readonly download?: (request: RequestStatus, format: PackageFormat) => Promise<void>;
  /** @param preview shows first what an erasure would do that is to be confirmed */
  render(preview: (request: RequestStatus) => unknown): unknown;
}

/** Milliseconds until it is looked again how far work is: first, and at most. */
const SOON = 2000;
const LATE = 60_000;

/** What is done by machines within minutes, so that waiting for it makes sense. */
const QUICK: readonly RequestType[] = ['access', 'portability', 'rectification'];

/**
 * @param answered told of a request that was waited for and is answered now
 * @param signal ends looking again
 */
export function createRequests(
  widget: Widget,
  answered: (status: RequestStatus) => void,
  signal: AbortSignal,
): Requests {
  const { text, act } = widget;
  let list: readonly RequestStatus[] = [];
  let isLost = false;
  /** What was sent last and not acknowledged, so that sending it again is known for a repetition. */
  let last: { content: string; id: string; at: string } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));

  const group = () => widget.adapter.requests!;
  const isWaitedFor = (each: RequestStatus) => isUnderWay(each) && QUICK.includes(each.type);

  function put(status: RequestStatus): void {
    const isKnown = list.some(({ id }) => id === status.id);
    list = isKnown
      ? list.map((each) => (each.id === status.id ? status : each))
      : [status, ...list];
    widget.requestUpdate();
  }

  /** Looks again while something is under way that takes minutes, less and less often. */
  function watch(wait = SOON): void {
    clearTimeout(timer);
    if (signal.aborted || !list.some(isWaitedFor)) return;
    timer = setTimeout(async () => {
      for (const { id } of list.filter(isWaitedFor)) {
        const status = await group()
          .read(id, { signal })
          .catch(() => undefined);
        if (!status) continue;
        put(status);
        if (!isUnderWay(status)) answered(status);
      }
      watch(Math.min(wait * 2, LATE));
    }, wait);
  }

  async function load(): Promise<void> {
    isLost = false;
    try {
      list = await group().list({ signal });
    } catch (error) {
      isLost = true;
      widget.fail(error);
    }
    widget.requestUpdate();
    watch();
  }

  function compose(wish: Wish): NewRequest {
    const { origin, pathname } = location;
    const { site } = widget.config;
    const rest = {
      ...wish,
      language: widget.language,
      page: (origin + pathname).replace(/@/g, '%40').slice(0, 2048),
      ...(site !== undefined && { site }),
    };
    const content = JSON.stringify(rest);
    if (last?.content !== content)
      last = { content, id: uuid(), at: widget.privacy.now().toISOString() };
    const { id, at } = last;
    return { id, at, ...rest };
  }

  const cancel = ({ id }: RequestStatus) =>
    act('requests', async () => {
      put(await group().cancel(id));
      return ['dataTakenBack'];
    });

  async function confirm(
    section: SectionName,
    { id }: RequestStatus,
    done: (status: RequestStatus) => Said,
  ): Promise<boolean> {
    let isDone = false;
    await act(section, async () => {
      const status = await group().confirm!(id);
      isDone = true;
      // Another one may stand for it now.
      await load();
      return done(status);
    });
    return isDone;
  }

  const prove = ({ id, receivedAt }: RequestStatus) =>
    act('requests', async () => {
      const content = JSON.stringify(await group().receipt!(id), null, 2);
      saveFile(`placet-request-${receivedAt.slice(0, 10)}.json`, content, 'application/json');
      return undefined;
    });

  const download = ({ id, receivedAt }: RequestStatus, format: PackageFormat) =>
    act('copy', async () => {
      const blob = await group().download!(id, format);
      // Several tables come zipped.
      const ending = blob.type.includes('zip') ? 'zip' : format;
      saveFile(`placet-data-${receivedAt.slice(0, 10)}.${ending}`, blob, blob.type);
      return undefined;
    });

  const offers = (type: RequestType) =>
    !!widget.offered.requests?.types.includes(type) &&
    !!group() &&
    !(type === 'erasure' && widget.config.rights?.erasure === 'on-request');

  const underWay = (type: RequestType) =>
    list.find((each) => each.type === type && isUnderWay(each));

  const drawing = (preview: (request: RequestStatus) => unknown): RequestDrawing => ({
    widget,
    cancel,
    confirm:
      group().confirm &&
      ((request) =>
        request.type === 'erasure' && offers('erasure') && !underWay('erasure')
          ? preview(request)
          : confirm('requests', request, ({ due }) => ['dataAsked', { date: widget.day(due) }])),
    prove: group().receipt && prove,
  });

  return {
    get list() {
      return list;
    },
    load,
    offers,
    confirm,
    underWay,
    async submit(section, wish, done) {
      let isSent = false;
      await act(section, async () => {
        const request = compose(wish);
        if (!widget.dispatchEvent(new RequestSubmitEvent(request))) return undefined;
        const status = await group().submit(request);
        last = undefined;
        isSent = true;
        put(status);
        watch();
        widget.dispatchEvent(new RequestSubmittedEvent(status));
        return done(status);
      });
      return isSent;
    },
    ...(group()?.download && { download }),
    render: (preview) =>
      list[0] || isLost
        ? html`<section part="section">
            <h3 part="title">${text('dataRequests')}</h3>
            ${widget.renderSaid('requests')}
            ${list.map((each) => renderRequest(each, drawing(preview)))}
            ${
              isLost
                ? html`<p>${text('dataLost')}</p>
                    ${renderButton('retry-requests', text('dataRetry'), load)}`
                : nothing
            }
          </section>`
        : nothing,
  };
}
