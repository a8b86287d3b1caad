/**
 * Bundles a function with esbuild: `dist/<name>/index.cjs` or `index.mjs`, exporting `handler`.
 *
 * The Slack function is CommonJS, without the parts of Bolt it has no use for, and with what it rarely needs in files
 * of their own beside it: its cold start is what people wait for. The others are ES modules, since only those let the
 * AWS clients shed what is not used.
 */
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Functions that can be bundled: `lambdas/<name>.ts`. */
export const FUNCTIONS = ['slack', 'observe', 'change'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** Sizes of one bundle, in bytes. */
export interface BundleSize {
  readonly name: FunctionName;
  /** Minified code that every start loads. */
  readonly code: number;
  /** Files beside it, loaded on demand. */
  readonly beside: number;
  /** npm packages inside, by name. */
  readonly packages: readonly string[];
}

/** Writes the function's bundle to `<outdir>/<name>/` and tells its size. */
export async function bundle(name: FunctionName, outdir = join(root, 'dist')): Promise<BundleSize> {
  const target = join(outdir, name);
  await rm(target, { recursive: true, force: true });
  return name === 'slack' ? bundleSlack(target) : bundleModule(name, target);
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  minify: true,
  metafile: true,
  charset: 'utf8',
  sourcesContent: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bolt loads its other receivers whether they are used or not: these are they, and the packages that only they need.
 * Nothing extends them, and an app that is given a receiver makes none. A test runs the built artefact, since a release
 * of Bolt may change what it needs.
 */
const OTHER_RECEIVERS =
  /^(?:@slack\/socket-mode|@slack\/oauth|express|raw-body|path-to-regexp|\.\/(?:receivers\/)?(?:ExpressReceiver|HTTPReceiver|HTTPModuleFunctions|HTTPResponseAck|SocketModeReceiver|SocketModeFunctions|SocketModeResponseAck))$/;

const withoutReceivers: Plugin = {
  name: 'without-receivers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: OTHER_RECEIVERS }, ({ path, importer }) =>
      !path.startsWith('.') || importer.includes('/@slack/bolt/') ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

/** Bolt's client of Slack's Web API is made for every request and used by none. */
const withoutWebClient: Plugin = {
  name: 'without-web-client',
  setup({ onResolve }) {
    const path = join(root, 'bot/slack/no-web-client.ts');
    onResolve({ filter: /^@slack\/web-api$/ }, ({ importer }) =>
      importer.includes('/@slack/bolt/') ? { path } : undefined,
    );
  },
};

/** Needed by every request, only not at once: stays in the bundle, evaluated when asked for. */
const EVALUATED_LATER = '/create-app.ts';

/** Any other `import()` of our own becomes a file beside the bundle. */
const besideTheBundle = (found: Map<string, string>): Plugin => ({
  name: 'beside-the-bundle',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, async ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import' || path.endsWith(EVALUATED_LATER)) return undefined;
      const file = basename(path, '.ts');
      found.set(file, join(resolveDir, path));
      return { path: `./${file}.cjs`, external: true };
    });
  },
});

/** Node 20 runs the tests, Node 24 the function. The map lies beside, unnamed: Node would parse it at every start. */
const CJS = {
  format: 'cjs',
  target: 'node20',
  outExtension: { '.js': '.cjs' },
  sourcemap: 'external',
  mainFields: ['module', 'main'],
} satisfies BuildOptions;

async function bundleSlack(outdir: string): Promise<BundleSize> {
  const beside: string[] = [];
  const packages = new Set<string>();
  let left = new Map([['index', join(root, 'lambdas/slack.ts')]]);
  while (left.size > 0) {
    const found = new Map<string, string>();
    const plugins = [withoutReceivers, withoutWebClient, besideTheBundle(found)];
    const { metafile } = await build({ ...common, ...CJS, entryPoints: Object.fromEntries(left), outdir, plugins });
    for (const name of packagesIn(Object.keys(metafile.inputs))) packages.add(name);
    left = new Map([...found].filter(([file]) => !beside.includes(file)));
    beside.push(...left.keys());
  }
  const sizes = await Promise.all(beside.map((file) => sizeOf(join(outdir, `${file}.cjs`))));
  return {
    name: 'slack',
    code: await sizeOf(join(outdir, 'index.cjs')),
    beside: sizes.reduce((sum, size) => sum + size, 0),
    packages: [...packages].sort(),
  };
}

/** Some dependencies are CommonJS inside and call `require`. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

async function bundleModule(name: FunctionName, outdir: string): Promise<BundleSize> {
  const { metafile } = await build({
    ...common,
    entryPoints: { index: `lambdas/${name}.ts` },
    outdir,
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    sourcemap: true,
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
  });
  return {
    name,
    code: await sizeOf(join(outdir, 'index.mjs')),
    beside: 0,
    packages: packagesIn(Object.keys(metafile.inputs)),
  };
}

const sizeOf = async (file: string): Promise<number> => (await stat(file)).size;

const packagesIn = (inputs: readonly string[]): readonly string[] => {
  const names = inputs.flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
  return [...new Set(names)].sort();
};

/** What a bundle breaks of its budget, as sentences; empty when it keeps it. */
export function overBudget({ name, code, beside, packages }: BundleSize): readonly string[] {
  if (name !== 'slack') return [];
  const clients = packages.filter((each) => each.startsWith('@aws-sdk/client-'));
  return [
    ...(code > SLACK_BUDGET.code ? [`${name}: ${code} bytes of code, at most ${SLACK_BUDGET.code}`] : []),
    ...(beside > SLACK_BUDGET.beside ? [`${name}: ${beside} bytes beside it, at most ${SLACK_BUDGET.beside}`] : []),
    ...clients.map((client) => `${name}: contains ${client}, which doubles its start`),
  ];
}

/** Bytes. */
export const SLACK_BUDGET = { code: 180_000, beside: 300_000 } as const;
