/**
 * Calls `onChange` whenever the stored choice may have changed behind this
 * page's back: another tab spoke, or the page comes back to the front or from
 * the back/forward cache.
 *
 * @returns tells the other tabs that this one stored a choice
 */
export function createTabs(
  onChange: () => void,
  options: { signal?: AbortSignal | undefined },
): () => void {
  let channel: BroadcastChannel | undefined;
  const join = () => {
    try {
      channel = new BroadcastChannel('placet');
      channel.onmessage = () => {
        onChange();
        // In Firefox the message may be here before the cookie that it tells of.
        setTimeout(onChange, 1000);
      };
    } catch {
      // Firefox refuses one where it blocks cookies: then there is nothing to tell either.
    }
  };
  // An open channel would throw the page out of the back/forward cache.
  const leave = () => {
    channel = channel?.close() as undefined;
  };
  const rejoin = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    onChange();
    join();
  };
  join();
  document.addEventListener('visibilitychange', onChange, options);
  addEventListener('pagehide', leave, options);
  addEventListener('pageshow', rejoin, options);
  options.signal?.addEventListener('abort', leave);
  return () => channel?.postMessage(0);
}
