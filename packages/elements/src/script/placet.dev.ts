import { explainConfig } from '@placet/contract/schema';
import { startPrivacy, watchDevelopment, createWarner } from '@placet/core/dev';
import { startPage } from './page.js';

const page = window as { placet?: object };
const warn = createWarner();
if (page.placet && 'allows' in page.placet) warn('script/twice');
else
  page.placet = startPage(
    document.currentScript as HTMLScriptElement,
    (config, options, choosing) => {
      void Promise.resolve(config).then(
        (value) => {
          for (const { path, problem, remedy } of explainConfig(value))
            warn('config/invalid', `${path}: ${problem} ${remedy}`);
        },
        () => undefined,
      );
      return watchDevelopment(
        (say) => startPrivacy(config, { ...options, warn: say }, choosing),
        options.nonce,
        warn,
      );
    },
  );
