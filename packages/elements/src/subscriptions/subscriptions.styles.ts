import { css } from '../shared/styles.js';

export const styles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  [part='base'],
  [part='text'],
  section,
  form,
  output,
  ul,
  ol {
    display: grid;
    gap: 8px;
    min-width: 0;
    padding: 0;
    margin: 0;
  }
  [part='base'] {
    gap: var(--_space);
    padding: calc(var(--_space) * 1.25);
    overflow-wrap: anywhere;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  section,
  form {
    gap: var(--_space);
    padding-top: var(--_space);
    border-top: 1px solid var(--_line);
  }
  small:empty {
    display: none;
  }
  output:focus {
    outline: none;
  }
  /* Takes no room, and stays known to assistive technology. */
  output:empty {
    position: absolute;
  }
  h3 {
    font-size: 1em;
    font-weight: 600;
  }
  [part='text'],
  small {
    font-size: 0.9375em;
    color: var(--_muted);
  }
  section > ul > li {
    display: grid;
    grid-template-columns: 24px 1fr;
    gap: 4px 12px;
  }
  li > small {
    grid-column: 2;
  }
  [part='box'] {
    width: 24px;
    height: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }
  [part='field'] {
    display: grid;
    gap: 4px;
    max-width: 26em;
  }
  [part='field'] > [part='label'] {
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
  }
  [aria-invalid='true'] {
    border-width: 3px;
  }
  summary {
    width: fit-content;
    padding-block: 4px;
    cursor: pointer;
  }
  ol {
    gap: var(--_space);
    padding-top: 8px;
    list-style: none;
  }
  ol ul {
    gap: 0;
  }
  [part='proof-button'] {
    justify-self: start;
    min-height: 24px;
    padding: 4px 0;
    font: inherit;
    color: inherit;
    text-decoration: underline;
    background: none;
    border: 0;
    cursor: pointer;
  }
  @media (max-width: 416px) {
    :host {
      --_space: 12px;
    }
  }
`;
