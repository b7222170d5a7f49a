import type { Page } from '../driver/types.js';

/** How a choice button looks: all that could make one stand out. */
export interface Look {
  readonly choice: string;
  readonly tag: string;
  readonly box: { x: number; y: number; width: number; height: number };
  readonly style: Readonly<Record<string, string>>;
  readonly contrast: number;
  /** What a click in the middle would hit. */
  readonly isHit: boolean;
}

/** Measures the choice buttons of a widget, in the order in which they stand. */
export function looks(page: Page, host: 'placet-banner' | 'placet-preferences'): Promise<Look[]> {
  return page.evaluate((tag: string): Look[] => {
    const properties = [
      'font-family font-size font-weight font-style font-stretch letter-spacing line-height',
      'text-transform text-decoration-line text-align text-shadow text-indent color',
      'background-color background-image border-top-width border-right-width border-bottom-width',
      'border-left-width border-top-style border-top-color border-bottom-color border-left-color',
      'border-top-left-radius border-bottom-right-radius padding-top padding-right padding-bottom',
      'padding-left margin-top margin-right margin-bottom margin-left box-shadow outline-style',
      'opacity filter transform visibility cursor pointer-events appearance display order',
      'animation-name mix-blend-mode clip-path position z-index',
    ].flatMap((line) => line.split(' '));
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    /** Red, green and blue from 0 to 255, whatever notation the engine computes. */
    const pixel = (color: string): number[] => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (color: string): number => {
      const [red, green, blue] = pixel(color).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const contrastOf = (one: string, other: string): number => {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light! + 0.05) / (dark! + 0.05);
    };
    const root = document.querySelector(tag)!.shadowRoot!;
    /** With forced colours, browsers put the page's own colour behind words, whatever the button's. */
    const backdrop = (button: HTMLElement): string[] => {
      if (!matchMedia('(forced-colors: active)').matches) return [];
      const plate = document.createElement('span');
      plate.style.color = 'Canvas';
      button.after(plate);
      const { color } = getComputedStyle(plate);
      plate.remove();
      return [color];
    };
    return [...root.querySelectorAll<HTMLElement>('[data-choice]')].map((button) => {
      const { x, y, width, height } = button.getBoundingClientRect();
      const computed = getComputedStyle(button);
      const hit = root.elementFromPoint(x + width / 2, y + height / 2);
      return {
        choice: button.dataset['choice']!,
        tag: button.localName,
        box: { x, y, width, height },
        style: Object.fromEntries(
          properties.map((name) => [name, computed.getPropertyValue(name)]),
        ),
        contrast: Math.min(
          ...[computed.backgroundColor, ...backdrop(button)].map((behind) =>
            contrastOf(computed.color, behind),
          ),
        ),
        isHit: hit === button,
      };
    });
  }, host);
}
