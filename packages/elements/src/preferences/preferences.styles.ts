import { css } from '../shared/styles.js';

export const styles = css`
  dialog {
    width: min(100% - 2 * var(--_space), 640px);
    max-width: none;
    max-height: calc(100% - 2 * var(--_space));
    padding: 0;
    overflow: hidden;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: 0 0 64px rgb(0 0 0 / 40%);
  }
  dialog[open] {
    display: flex;
    flex-flow: column;
  }
  ::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  .head,
  .foot {
    flex: none;
    padding: var(--_space) calc(var(--_space) * 1.25);
  }
  .foot {
    border-top: 1px solid var(--_line);
  }
  h2:focus-visible {
    outline: none;
  }
  [part='close-button'] {
    flex: none;
    width: 32px;
    height: 32px;
    padding: 0;
    margin: -4px -8px 0 0;
    font: 24px/1 system-ui;
    color: inherit;
    background: none;
    border: 1px solid transparent;
    border-radius: 8px;
    cursor: pointer;
  }
  [part='close-button']:hover {
    border-color: currentColor;
  }
  .body {
    flex: auto;
    padding: 0 calc(var(--_space) * 1.25) var(--_space);
    overflow: auto;
  }
  small,
  summary,
  table {
    font-size: 0.875em;
    color: var(--_muted);
  }
  [part='purpose'] {
    padding-block: var(--_space);
    border-top: 1px solid var(--_line);
  }
  .body > p + p {
    margin-top: 8px;
  }
  .body > ul {
    margin-top: var(--_space);
  }
  [part='purpose']:last-child {
    border-bottom: 1px solid var(--_line);
  }
  .head,
  .row {
    display: flex;
    gap: var(--_space);
    align-items: start;
    justify-content: space-between;
  }
  label,
  b {
    font-weight: 600;
  }
  .row > :first-child {
    min-width: 0;
  }
  .row > small {
    white-space: nowrap;
  }
  [part='switch'] {
    flex: none;
    appearance: none;
    position: relative;
    width: 48px;
    height: 28px;
    margin: 0;
    background: var(--_surface);
    border: 2px solid var(--_text);
    border-radius: 14px;
    cursor: pointer;
  }
  [part='switch']::before {
    content: '';
    position: absolute;
    inset-block: 4px;
    inset-inline: 4px auto;
    width: 16px;
    border-radius: 50%;
    background: var(--_text);
  }
  [part='switch']:checked {
    background: var(--_accent);
    border-color: var(--_accent);
  }
  [part='switch']:checked::before {
    inset-inline: auto 4px;
    background: var(--_on-accent);
  }
  summary {
    width: fit-content;
    padding-block: 4px;
    margin-top: 4px;
    cursor: pointer;
  }
  details > ul {
    display: grid;
    gap: 12px;
    padding-block: 8px 4px;
    padding-inline-start: var(--_space);
  }
  table {
    width: 100%;
    margin-top: 4px;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 2px 8px 2px 0;
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  td:last-child {
    width: 45%;
  }
  @media (max-width: 416px) {
    dialog {
      --_space: 12px;
    }
  }
  @media (max-width: 416px) and (min-height: 480px) {
    [part='actions'] {
      grid-template-columns: 1fr;
    }
  }
  @media (max-height: 420px) {
    dialog[open] {
      display: block;
      overflow: auto;
    }
    .body {
      overflow: visible;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    [part='switch']::before {
      transition: inset 0.15s;
    }
  }
  @media (forced-colors: active) {
    [part='switch'] {
      border-color: ButtonText;
    }
    [part='switch']::before {
      background: ButtonText;
      forced-color-adjust: none;
    }
    [part='switch']:checked {
      background: Highlight;
      forced-color-adjust: none;
    }
    [part='switch']:checked::before {
      background: HighlightText;
    }
  }
`;
