import { css } from '../shared/styles.js';

export const styles = css`
  :host {
    display: block;
    width: 100%;
    min-height: 0;
    aspect-ratio: 16 / 9;
  }
  :host([hidden]) {
    display: none;
  }
  iframe,
  [part='base'] {
    display: block;
    width: 100%;
    height: 100%;
    border: 0;
  }
  [part='base'] {
    display: grid;
    gap: 8px;
    place-content: safe center;
    justify-items: center;
    padding: var(--_space);
    overflow: auto;
    text-align: center;
    background: color-mix(in srgb, var(--_text) 6%, var(--_surface));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  p {
    max-width: 48ch;
    font-size: 0.9375em;
  }
  [part='actions'] {
    width: min(100%, 420px);
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 160px), 1fr));
  }
  [part='choice-button']:last-child {
    grid-column: auto;
  }
`;
