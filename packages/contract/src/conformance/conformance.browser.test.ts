import { memoryAdapter } from '../adapters/memory.js';
import { describeAdapter, SAMPLE_CONFIG } from './index.js';

// The same suite under another runner, where adapters live in the end.
describeAdapter(
  'memoryAdapter',
  () => {
    const adapter = memoryAdapter({ config: SAMPLE_CONFIG });
    return { adapter, staff: adapter.staff, config: SAMPLE_CONFIG };
  },
  { describe, it },
);
