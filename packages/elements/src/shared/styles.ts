/** Marks a style sheet's text, so that editors and the build know it for one. */
export const css = String.raw;

/**
 * Gives a shadow root its styles in a way that `style-src 'self'` allows. Where a
 * browser knows no constructed sheets, a `<style>` must do.
 */
export function adoptStyles(root: ShadowRoot, texts: readonly string[]): void {
  if (root.adoptedStyleSheets)
    root.adoptedStyleSheets = texts.map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
  else root.appendChild(document.createElement('style')).textContent = texts.join('');
}
