/** The page of the workspace: one HTML document with its style and script inside, loading nothing from elsewhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { maySee, type WorkspaceState } from './state.ts';

export interface Page {
  readonly html: string;
  /** Content security policy: only this page's own script and style run, and only this server is asked. */
  readonly policy: string;
}

interface Parts {
  readonly template: string;
  readonly style: string;
  readonly script: string;
}

/** The page, bundled at the first call and filled with the people and channels of now at every call. */
export function createPage(state: WorkspaceState): () => Page {
  let parts: Parts | undefined;
  return () => {
    parts ??= buildParts();
    return fillPage(parts, describe(state));
  };
}

function buildParts(): Parts {
  const path = (name: string): string => fileURLToPath(new URL(`./page/${name}`, import.meta.url));
  const bundle = buildSync({
    entryPoints: [path('main.js')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
  });
  return {
    template: readFileSync(path('page.html'), 'utf8'),
    style: readFileSync(path('page.css'), 'utf8'),
    script: (bundle.outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script'),
  };
}

function fillPage({ template, style, script }: Parts, workspace: object): Page {
  const data = JSON.stringify(workspace).replaceAll('<', '\\u003c');
  const html = template
    .replace('/*STYLE*/', () => style)
    .replace('"WORKSPACE"', () => data)
    .replace('/*SCRIPT*/', () => script);
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
  return { html, policy };
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** What the page needs to know from the start. */
function describe(state: WorkspaceState): object {
  const { botName, botUserId } = state.app;
  const channels = state.channels.filter((channel) => channel.kind !== 'im');
  const groups = state.userGroups.map((group) => [group.id, group.handle]);
  const names = [
    ...state.people.map((person) => [person.id, person.realName]),
    ...channels.map((channel) => [channel.id, channel.name]),
    ...groups,
    [botUserId, botName],
  ];
  return {
    botName,
    names: Object.fromEntries(names),
    people: state.people.map(({ id, realName, locale, tz, rights }) => ({ id, realName, locale, tz, rights })),
    channels: channels.map((channel) => ({
      id: channel.id,
      name: channel.name,
      seenBy: state.people.filter((person) => maySee(state, person, channel)).map((person) => person.id),
    })),
  };
}
