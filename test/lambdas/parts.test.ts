import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Every file of ours that is built into a function. */
const partsOf = async (name: string): Promise<readonly string[]> => {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: [`lambdas/${name}.ts`],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'dist',
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  return Object.keys(metafile.inputs);
};

describe('what writes record sets', () => {
  it.each([
    ['slack', false],
    ['observe', false],
    ['change', true],
  ])('is part of the %s function: %s', async (name, isPart) => {
    expect((await partsOf(name)).includes('bot/aws/record-writer.ts')).toBe(isPart);
  });
});
