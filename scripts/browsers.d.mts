import type { Engine } from './lib/engines.mjs';

/** Paths of the programs found, one per engine. For WebKit it is the WebDriver program. */
export type FoundBrowsers = Partial<Record<Engine, string>>;

export function findBrowsers(environment?: NodeJS.ProcessEnv): FoundBrowsers;
export function findMiniBrowser(): string | undefined;
export function ensureBrowsers(options?: {
  /** Engines to look for. Default: what `PLACET_BROWSERS` asks, else all three. */
  engines?: readonly Engine[];
  /** `true`: all of `engines` must be there, or the call throws; or the list of those which must. */
  required?: boolean | readonly Engine[];
}): Promise<FoundBrowsers>;
