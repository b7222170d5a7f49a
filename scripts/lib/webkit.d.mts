export interface WebKitDriver {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}
export function startWebKitDriver(options: {
  driverPath: string;
  environment?: Record<string, string>;
}): Promise<WebKitDriver>;
export function webKitCapabilities(args?: readonly string[]): {
  browserName: 'MiniBrowser';
  'webkitgtk:browserOptions': { binary: string; args: string[] };
};
