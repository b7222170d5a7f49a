type Core = typeof import('../index.js');

/** A document of its own that is still being read, piece by piece, as the test writes it. */
export interface Frame {
  document: Document;
  core: Core;
  /** What ran in it: scripts call `ran("name")`. */
  log: string[];
  /** Hands the parser more of the page. */
  write(html: string): void;
  /** Ends the page: DOMContentLoaded and load follow. */
  close(): Promise<void>;
  remove(): void;
}

/** Opens a document and brings the engine's source into it before the rest of the page is there. */
export async function openFrame(head = '<!doctype html><html lang="en"><body>'): Promise<Frame> {
  const element = document.createElement('iframe');
  document.body.append(element);
  const log: string[] = [];
  const page = element.contentDocument!;
  page.open();
  const write = page.write.bind(page);
  Object.assign(element.contentWindow!, { ran: (name: string) => log.push(name) });
  const core = new Promise<Core>((resolve) => {
    Object.assign(element.contentWindow!, { resolveCore: resolve });
  });
  const url = new URL('../index.ts', import.meta.url).href;
  write(`${head}<script>import("${url}").then((core) => resolveCore({ ...core }))</script>`);
  return {
    document: page,
    core: await core,
    log,
    write,
    close() {
      const loaded = new Promise<void>((resolve) =>
        element.contentWindow!.addEventListener('load', () => resolve()),
      );
      page.close();
      return loaded;
    },
    remove: () => element.remove(),
  };
}
