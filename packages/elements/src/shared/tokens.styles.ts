import { css } from './styles.js';

/**
 * The public tokens, `--placet-…`, and what they mean where a page sets none.
 * System colours are the defaults: they follow the page's colour scheme and
 * forced colours by themselves.
 *
 * There is no token for one choice alone: no theme can make two of them differ.
 */
export const tokens = css`
  :host {
    --_surface: var(--placet-color-surface, Canvas);
    --_text: var(--placet-color-text, CanvasText);
    --_accent: var(--placet-color-accent, var(--_text));
    --_on-accent: var(--placet-color-on-accent, var(--_surface));
    --_line: var(--placet-color-border, color-mix(in srgb, var(--_text) 18%, var(--_surface)));
    --_muted: var(--placet-color-muted, color-mix(in srgb, var(--_text) 72%, var(--_surface)));
    --_radius: var(--placet-radius, 12px);
    --_space: var(--placet-space, 16px);
    font-family: var(--placet-font, inherit);
    font-size: clamp(14px, 1em, 20px);
    font-weight: 400;
    line-height: 1.5;
    text-align: start;
    color: var(--_text);
  }
  *,
  ::before {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  h2 {
    font-size: 1.125em;
    font-weight: 600;
    line-height: 1.3;
  }
  a {
    color: inherit;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  [role='status'] {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;

/** The choice buttons, all alike on both layers (C-02, D-10, DP-06). */
export const choiceButtons = css`
  [part='actions'] {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    grid-auto-rows: 1fr;
    gap: 8px;
  }
  [part='choice-button'] {
    min-height: 44px;
    padding: 8px 12px;
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    overflow-wrap: anywhere;
    color: var(--_on-accent);
    background: var(--_accent);
    border: 1px solid var(--_accent);
    border-radius: calc(var(--_radius) - 4px);
    cursor: pointer;
  }
  [part='choice-button']:hover {
    text-decoration: underline;
  }
  [part='choice-button']:last-child {
    grid-column: 1 / -1;
  }
  /* The browser puts the page's own colour behind words, so they must not have it. */
  @media (forced-colors: active) {
    [part='choice-button'] {
      color: var(--_text);
      background: var(--_surface);
    }
  }
`;
