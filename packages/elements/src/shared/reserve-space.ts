/**
 * Keeps what is focused from hiding behind a fixed box at the page's foot: the
 * page scrolls that much further (WCAG 2.4.11, A-04). Content does not move.
 *
 * @returns gives the space back, once the box is off the page
 */
export function reserveSpace(box: HTMLElement): () => void {
  const { style } = document.documentElement;
  const reserve = () => {
    const { top, height } = box.getBoundingClientRect();
    // A blocker may have hidden the box, or printing: then there is nothing to make room for.
    const space = height ? `${Math.ceil(innerHeight - top)}px` : '';
    style.scrollPaddingBottom = space;
    style.paddingBottom = space;
  };
  // A frame later: where the space changes the box in turn, browsers tell the page of an error.
  const observer = new ResizeObserver(() => void requestAnimationFrame(reserve));
  observer.observe(box);
  return () => {
    observer.disconnect();
    reserve();
  };
}
