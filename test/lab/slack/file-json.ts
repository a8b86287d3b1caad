/** Files in the form of Slack's Web API. */
import type { JsonObject } from './block-kit.ts';
import { lookup } from './lookup.ts';
import type { WorkspaceState } from './state.ts';
import type { Channel, SlackFile } from './types.ts';

const MIME_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
};

/** What Slack takes a file for, by its name. */
export function mimeTypeOf(name: string): string {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  return lookup(MIME_TYPES, extension) ?? 'application/octet-stream';
}

/** A file as `files.info` shows it: type and shares stay empty until Slack has looked at it. */
export function fileJson(state: WorkspaceState, file: SlackFile): JsonObject {
  const { deps } = state;
  return {
    id: file.id,
    created: Math.floor(file.createdMs / 1_000),
    timestamp: Math.floor(file.createdMs / 1_000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.mimetype === '' ? '' : (file.name.split('.').at(-1) ?? ''),
    user: file.ownerId,
    user_team: state.team.id,
    size: file.length,
    mode: 'hosted',
    is_external: false,
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    url_private: `${deps.baseUrl()}/lab/files/${file.id}`,
    url_private_download: `${deps.baseUrl()}/lab/files/${file.id}`,
    permalink: `${deps.baseUrl()}/files/${file.ownerId}/${file.id}`,
    channels: sharedIn(state, file, 'public'),
    groups: sharedIn(state, file, 'private'),
    ims: sharedIn(state, file, 'im'),
    shares: { public: sharesIn(state, file, 'public'), private: sharesIn(state, file, 'private') },
  };
}

function kindOf(state: WorkspaceState, channelId: string): Channel['kind'] | undefined {
  return state.channels.find((channel) => channel.id === channelId)?.kind;
}

function sharedIn(state: WorkspaceState, file: SlackFile, kind: Channel['kind']): string[] {
  return file.shares.map((share) => share.channelId).filter((id) => kindOf(state, id) === kind);
}

function sharesIn(state: WorkspaceState, file: SlackFile, kind: 'public' | 'private'): JsonObject {
  const shares = file.shares.filter((share) => kindOf(state, share.channelId) === kind);
  return Object.fromEntries(shares.map(({ channelId, ts }) => [channelId, [{ ts }]]));
}
