import { readFileSync } from 'node:fs';
import { type AppManifest, readManifest } from './manifest.ts';

/** The project's own Slack manifest: what the deployed app has, the lab's has, scope by scope. */
export const installedManifest = (): AppManifest =>
  readManifest(JSON.parse(readFileSync(new URL('../../../infra/slack-manifest.json', import.meta.url), 'utf8')));
