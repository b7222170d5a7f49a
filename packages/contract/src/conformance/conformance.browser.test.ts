import { memorySetup } from '../testing/memory-setup.js';
import { describeAdapter } from './index.js';

// The same suite under another runner, where adapters live in the end.
describeAdapter('memoryAdapter', () => memorySetup().setup, { describe, it });
