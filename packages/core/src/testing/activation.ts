/**
 * Calls something as if the visitor had just clicked, had not, or as a browser does that cannot
 * tell (`undefined`). Real clicks are tried end to end, where a driver can make them.
 */
export function withActivation<Result>(isActive: boolean | undefined, act: () => Result): Result {
  Object.defineProperty(navigator, 'userActivation', {
    value: isActive === undefined ? undefined : { isActive },
    configurable: true,
  });
  try {
    return act();
  } finally {
    delete (navigator as { userActivation?: unknown }).userActivation;
  }
}

/** Calls something right after a click. */
export function clicked<Result>(act: () => Result): Result {
  return withActivation(true, act);
}

/** An event that the browser itself made: a picture has loaded. */
export async function trustedEvent(): Promise<Event> {
  const image = new Image();
  const event = new Promise<Event>((resolve) => image.addEventListener('load', resolve));
  image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
  return event;
}
