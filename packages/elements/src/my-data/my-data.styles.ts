import { css } from '../shared/styles.js';

export const styles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  [part='base'],
  [part='section'],
  [part='draft'],
  [part='preview'],
  form,
  dl,
  ul,
  ol {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 0;
    margin: 0;
    list-style: none;
  }
  [part='base'] {
    gap: var(--_space);
    padding: calc(var(--_space) * 1.25);
    overflow-wrap: anywhere;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  [part='section'] {
    padding-top: calc(var(--_space) * 1.25);
    margin-top: calc(var(--_space) * 0.25);
    border-top: 1px solid var(--_line);
  }
  [part='draft'],
  [part='preview'] {
    padding: var(--_space);
    border: 1px solid var(--_muted);
    border-radius: calc(var(--_radius) - 4px);
  }
  h3 {
    font-size: 1.0625em;
    font-weight: 600;
    line-height: 1.3;
  }
  h4 {
    margin: 4px 0 0;
    font-size: 1em;
    font-weight: 600;
  }
  h4 + :is(ul, ol, p) {
    margin-top: -8px;
  }
  ul,
  ol {
    gap: 4px;
  }
  ul {
    padding-inline-start: 1.25em;
    list-style: disc;
  }
  :is(h2, h4, output):focus {
    outline: none;
  }
  /* Takes no room, and stays known to assistive technology. */
  output:empty {
    position: absolute;
  }
  output:not(:empty) {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_accent);
  }
  [part='text'],
  small,
  dt {
    font-size: 0.9375em;
    color: var(--_muted);
  }
  small:empty,
  [part='actions']:empty,
  ul:empty {
    display: none;
  }
  .row,
  [part='actions'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
    align-items: baseline;
  }
  div.row {
    justify-content: space-between;
  }
  [part='actions'] {
    gap: 8px;
  }
  [part='choice-button'] {
    flex: 1 1 14em;
  }
  [part='action-button'] {
    justify-self: start;
    min-height: 44px;
    padding: 8px 20px;
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    overflow-wrap: anywhere;
    color: inherit;
    background: var(--_surface);
    border: 1px solid var(--_accent);
    border-radius: calc(var(--_radius) - 4px);
    cursor: pointer;
  }
  [part$='button']:hover {
    text-decoration: underline;
  }
  [part='field'] {
    display: grid;
    gap: 4px;
    max-width: 32em;
  }
  [part='label'] {
    font-weight: 600;
  }
  [part='input'] {
    width: 100%;
    min-height: 44px;
    padding: 8px 12px;
    font: inherit;
    color: inherit;
    background: var(--_surface);
    border: 1px solid var(--_muted);
    border-radius: calc(var(--_radius) - 4px);
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-width: 3px;
  }
  [aria-invalid='true'] + small {
    font-weight: 600;
    color: var(--_text);
  }
  details {
    padding: 4px 16px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 4px);
  }
  summary {
    padding-block: 8px;
    cursor: pointer;
  }
  details > :not(summary) {
    margin-block: 0 12px;
  }
  dl {
    gap: 8px;
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space);
  }
  dt {
    flex: 0 1 12em;
  }
  dd {
    flex: 1 1 14em;
    min-width: 0;
  }
  dd {
    margin: 0;
  }
  dd > span {
    white-space: pre-line;
  }
  span + [part='small-button'] {
    margin-inline-start: 12px;
  }
  dl + ol > li {
    padding-top: 12px;
    margin-top: 8px;
    border-top: 1px solid var(--_line);
  }
  progress {
    width: 100%;
    accent-color: var(--_accent);
  }
  [part='small-button'] {
    justify-self: start;
    min-height: 24px;
    padding: 0;
    font: inherit;
    color: inherit;
    text-decoration: underline;
    background: none;
    border: 0;
    cursor: pointer;
  }
  del,
  ins {
    color: var(--_muted);
  }
  ins {
    color: inherit;
    text-decoration: none;
  }
  @media (forced-colors: active) {
    summary small {
      color: inherit;
    }
  }
  @media (max-width: 416px) {
    :host {
      --_space: 12px;
    }
    [part='action-button'] {
      width: 100%;
    }
  }
`;
