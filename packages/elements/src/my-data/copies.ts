import type { PackageFormat, RequestStatus } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import type { TextName } from '../locales/locale.js';
import { renderButton } from './controls.js';
import { isUnderWay } from './request.js';
import type { Requests } from './requests.js';
import type { Widget } from './widget.js';

/** By which rights data is taken away: all of it, or what the person gave, for another service (R-08, R-19). */
const COPIES = { access: 'dataPrepare', portability: 'dataPreparePart' } as const;

const FORMATS: Readonly<Record<PackageFormat, TextName>> = {
  zip: 'dataZip',
  csv: 'dataCsv',
  json: 'dataJson',
};
/** What most people want comes first. */
const SHOWN: readonly PackageFormat[] = ['zip', 'csv', 'json'];
const isCopy = ({ type }: RequestStatus) => type in COPIES;

/** The copies of a person's data: ask for one, see how far it is, save it. */
export function renderCopies(widget: Widget, requests: Requests) {
  const { text } = widget;
  const types = (['access', 'portability'] as const).filter(requests.offers);
  const copies = requests.list.filter(isCopy);
  const ready = copies.filter(
    (each) => each.package && widget.privacy.now() < new Date(each.package.expires),
  );
  if (!types[0] && !ready[0]) return nothing;
  const nameOf = (type: (typeof types)[number]) =>
    type === 'access' && ready.some((each) => each.type === type)
      ? 'dataPrepareAgain'
      : COPIES[type];
  const ask = (type: (typeof types)[number]) =>
    requests.submit('copy', { type }, (status) =>
      status.package ? ['dataCopyReady'] : ['dataCopyAsked', { date: widget.day(status.due) }],
    );
  return html`<section part="section">
    <h3 part="title">${text('dataCopy')}</h3>
    <p>${text('dataCopyText')}</p>
    ${widget.renderSaid('copy')}
    ${copies.filter(isUnderWay).map((each) => renderProgress(each, widget))}
    ${ready.map((each) => renderReady(each, widget, requests))}
    <div part="actions">
      ${types
        .filter((type) => !requests.underWay(type))
        .map((type) => renderButton(type, text(nameOf(type)), () => ask(type)))}
    </div>
  </section>`;
}

function renderProgress({ progress, due }: RequestStatus, { text, day }: Widget) {
  const { done = 0, total = 0, records = 0 } = progress ?? {};
  return html`<p>
      ${text('dataPreparing', { date: day(due) })}
      ${progress ? text('dataProgress', { done, total }) : nothing}
      ${records ? text('dataRecords', { count: records }) : nothing}
    </p>
    ${
      total
        ? html`<progress
            max=${total}
            .value=${done}
            aria-label=${text('dataProgress', { done, total })}
          ></progress>`
        : nothing
    }`;
}

function renderReady(request: RequestStatus, { text, day, moment }: Widget, requests: Requests) {
  const { receivedAt } = request;
  const { expires, formats } = request.package!;
  return html`<p>${text('dataReady', { date: day(receivedAt), until: moment(expires) })}</p>
    <div part="actions">
      ${SHOWN.filter((format) => requests.download && formats.includes(format)).map((format) =>
        renderButton(`download-${format}`, text(FORMATS[format]), () =>
          requests.download!(request, format),
        ),
      )}
    </div>`;
}
