type DeleteCookies = typeof import('../delete-cookies.js');
type Core = typeof import('../index.js');
type CookieValues = typeof import('../cookie-values.js');

/** A page some folders below the site's root, with the engine in it. */
export interface DeepPage extends Core, DeleteCookies, CookieValues {
  document: Document;
  /** Every path at which its cookies can stand. */
  paths: string[];
  /** Empties its jar and takes it away. */
  remove(): void;
}

const MODULES = ['index', 'delete-cookies', 'cookie-values'];

/** Opens the page in a frame: engines do not follow `history.pushState` in what cookies they show. */
export async function openDeepPage(): Promise<DeepPage> {
  const element = document.createElement('iframe');
  const loaded = new Promise((resolve) => element.addEventListener('load', resolve));
  element.src = new URL('deep-page.html', import.meta.url).href;
  document.body.append(element);
  await loaded;
  const page = element.contentDocument!;
  const modules = await new Promise<Core & DeleteCookies & CookieValues>((resolve) => {
    Object.assign(element.contentWindow!, { take: resolve });
    const script = page.createElement('script');
    script.type = 'module';
    const imports = MODULES.map(
      (name, index) =>
        `import * as m${index} from "${new URL(`../${name}.ts`, import.meta.url).href}";`,
    );
    script.text = `${imports.join('')} take({ ${MODULES.map((_, index) => `...m${index}`).join()} });`;
    page.head.append(script);
  });
  const folders = page.location.pathname.split('/').filter(Boolean);
  return {
    ...modules,
    document: page,
    paths: [
      '/',
      ...folders.flatMap((_, index) => {
        const path = `/${folders.slice(0, index + 1).join('/')}`;
        return [path, `${path}/`];
      }),
    ],
    remove() {
      delete (page as { cookie?: unknown }).cookie;
      modules.deleteCookies(() => true);
      element.remove();
    },
  };
}
