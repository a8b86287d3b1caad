import { describe, expect, it } from 'vitest';
import { manifestProblems, readManifestFile } from './manifest-rules.ts';

interface Manifest {
  display_information: { name: string };
  oauth_config: { scopes: { bot: string[] } };
  settings: { interactivity: { is_enabled: boolean } };
}

describe('the Slack manifest', () => {
  it('is one that Slack accepts, and asks for nothing it does not need', () => {
    expect(manifestProblems(readManifestFile())).toEqual([]);
  });

  it.each<[string, (manifest: Manifest) => void, RegExp]>([
    [
      'lacks a scope',
      ({ oauth_config }) => {
        oauth_config.scopes.bot.pop();
      },
      /im:write is missing/,
    ],
    [
      'asks for a scope too many',
      ({ oauth_config }) => {
        oauth_config.scopes.bot.push('admin');
      },
      /nothing needs it/,
    ],
    [
      'has a name that is too long',
      (manifest) => {
        manifest.display_information.name = 'x'.repeat(36);
      },
      /name/,
    ],
    [
      'has its buttons switched off',
      ({ settings }) => {
        settings.interactivity.is_enabled = false;
      },
      /buttons/,
    ],
  ])('is refused when it %s', (_, spoil, expected) => {
    const manifest = readManifestFile() as Manifest;
    spoil(manifest);

    expect(manifestProblems(manifest).join('\n')).toMatch(expected);
  });
});
