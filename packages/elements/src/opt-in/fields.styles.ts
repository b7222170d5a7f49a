import { css } from '../shared/styles.js';

/** What is there only once something is ticked. */
export const styles = css`
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
  .radio {
    display: flex;
    gap: 12px;
    min-height: 24px;
  }
  [type='radio'] {
    flex: none;
    width: 24px;
    height: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }
  [part='error'] {
    display: block;
  }
  [part='error'],
  [part='message'] {
    color: var(--_text);
  }
  [part='message'] {
    display: grid;
    gap: 8px;
  }
  [part='message']:focus {
    outline: none;
  }
  p:first-of-type,
  output + form {
    margin-top: var(--_space);
  }
  [part='text'] > p {
    margin: 0;
  }
  small:empty {
    display: none;
  }
  :disabled {
    opacity: 0.6;
  }
  :disabled * {
    opacity: 1;
  }
`;
