import { css } from '../shared/styles.js';

export const styles = css`
  section {
    position: fixed;
    z-index: 2147483647;
    inset-inline: var(--_space) auto;
    bottom: var(--_space);
    display: flex;
    flex-direction: column;
    gap: 12px;
    width: min(100% - 2 * var(--_space), var(--placet-banner-width, 416px));
    max-height: calc(100vh - 2 * var(--_space));
    padding: calc(var(--_space) * 1.25);
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: 0 8px 32px rgb(0 0 0 / 20%);
  }
  [part='text'] {
    display: grid;
    gap: 8px;
    overflow: auto;
    font-size: 0.9375em;
  }
  ul {
    display: grid;
    gap: 6px;
  }
  small {
    font-size: 0.875em;
    color: var(--_muted);
  }
  [data-layout='bar'] {
    inset-inline: 0;
    bottom: 0;
    width: auto;
    padding-inline: max(var(--_space), (100% - 1100px) / 2);
    border-width: 1px 0 0;
    border-radius: 0;
  }
  @media (min-width: 720px) {
    [data-layout='bar'] [part='actions'] {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    [data-layout='bar'] [part='choice-button']:last-child {
      grid-column: auto;
    }
  }
  @media (max-width: 416px) and (min-height: 480px) {
    section {
      --_space: 12px;
      max-height: 76vh;
    }
    [part='text'] {
      font-size: 0.875em;
      line-height: 1.4;
    }
    [part='actions'] {
      grid-template-columns: 1fr;
    }
  }
  @media (max-height: 420px) {
    section {
      --_space: 8px;
      gap: 6px;
      overflow: auto;
    }
    [part='text'] {
      min-height: 4em;
    }
  }
  @media (max-height: 420px) and (min-width: 560px) {
    section {
      inset-inline: 8px;
      width: auto;
      max-height: 72vh;
    }
    [part='actions'] {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    [part='choice-button']:last-child {
      grid-column: auto;
    }
  }
  @media print {
    section {
      display: none;
    }
  }
`;
