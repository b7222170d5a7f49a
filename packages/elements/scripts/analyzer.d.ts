// The analyzer publishes no types for what its command runs.
declare module '@custom-elements-manifest/analyzer/cli.js' {
  import type { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';
  export function cli(options: {
    argv: string[];
    cwd: string;
    noWrite?: boolean;
  }): Promise<Parameters<typeof generateVsCodeCustomElementData>[0]>;
}
