import { css } from '../shared/styles.js';

export const styles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  [part='base'] {
    padding: calc(var(--_space) * 1.25);
    overflow-wrap: anywhere;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  fieldset,
  form,
  [part='text'],
  ul {
    display: grid;
    gap: var(--_space);
    min-width: 0;
    padding: 0;
    margin: 0;
    border: 0;
  }
  [part='text'],
  ul {
    gap: 8px;
  }
  [part='text'] {
    font-size: 0.9375em;
    color: var(--_muted);
  }
  a {
    margin-inline-end: 1em;
  }
  li {
    display: grid;
    grid-template-columns: 24px 1fr;
    gap: 4px 12px;
  }
  [part='box'] {
    width: 24px;
    height: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }
  li small {
    grid-column: 2;
  }
  small {
    font-size: 0.875em;
    color: var(--_muted);
  }
`;
