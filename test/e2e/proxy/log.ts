import { matches, type Matcher, type SeenRequest } from './messages.js';
import { isNoise } from './noise.js';

const PATIENCE = 20_000;

/** Every request in order of arrival, without the browser's own background traffic. */
export class RequestLog {
  #seen: SeenRequest[] = [];
  #watchers = new Set<() => void>();

  add(request: SeenRequest): void {
    this.#seen.push(request);
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Requests that pages made, in order. */
  list(matcher: Matcher = () => true): SeenRequest[] {
    return this.#seen.filter((request) => !isNoise(request) && matches(matcher, request));
  }

  /** Everything, background traffic included. */
  all(): readonly SeenRequest[] {
    return this.#seen;
  }

  clear(): void {
    this.#seen = [];
  }

  /** Resolves with the first matching request, already seen or yet to come. */
  waitFor(matcher: Matcher, timeout = PATIENCE): Promise<SeenRequest> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const look = (): void => {
        const found = this.list(matcher)[0];
        if (found) finish(() => resolve(found));
      };
      const timer = setTimeout(() => {
        const urls = this.list().map(({ method, url }) => `  ${method} ${url}`);
        finish(() =>
          reject(new Error(`No request matched ${String(matcher)}. Seen:\n${urls.join('\n')}`)),
        );
      }, timeout);
      this.#watchers.add(look);
      look();
    });
  }
}
