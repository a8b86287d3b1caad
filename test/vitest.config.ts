import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    env: {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_REGION: 'eu-west-1',
      // Every lab that a test closes is searched for secrets that were left behind.
      KMS_LAB_EXAMINED: 'true',
    },
    testTimeout: 15_000,
    hookTimeout: 30_000,
    coverage: { include: ['bot/**', 'lambdas/**', 'infra/**'] },
  },
});
