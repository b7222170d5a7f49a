export type Engine = 'chromium' | 'firefox' | 'webkit';
export const ENGINES: readonly Engine[];
export function requestedEngines(value?: string): { engines: Engine[]; required: boolean };
export function chromiumArguments(): string[];
