/** Texts as DOM nodes. Every string goes in as text, never as markup. */
import { formatSlackDate } from '../text/dates.ts';
import { emojiOf } from '../text/inline.ts';
import { parseMrkdwn } from '../text/mrkdwn.ts';

/** An element with a class and children; strings become text nodes. */
export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

/** A link, if it leads to the web; else its label as text. */
export function link(url, label) {
  if (!/^https?:\/\//i.test(url)) return document.createTextNode(label);
  const anchor = el('a', '', label);
  anchor.href = url;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  return anchor;
}

/** A text wrapped in what its style asks for. */
function styled(text, style = {}) {
  const tags = [style.code && 'code', style.bold && 'strong', style.italic && 'em', style.strike && 's'];
  return tags.filter(Boolean).reduce((node, tag) => el(tag, '', node), document.createTextNode(text));
}

/** A date tag as this reader sees it, with the whole date on hover. */
function date(tag, reader) {
  const time = el('time', '', formatSlackDate(tag, reader()));
  time.title = formatSlackDate({ ...tag, format: '{date_long} {time_secs}' }, reader());
  return time;
}

function spanNode(span, names, reader) {
  switch (span.kind) {
    case 'text':
      return styled(span.text, span.style);
    case 'preformatted':
      return el('pre', '', span.text);
    case 'link':
      return link(span.url, span.label);
    case 'user':
    case 'usergroup':
      return el('strong', '', `@${(span.label ?? names(span.id)).replace(/^@/, '')}`);
    case 'channel':
      return el('strong', '', `#${span.label ?? names(span.id)}`);
    case 'broadcast':
      return el('strong', '', `@${span.range}`);
    case 'date':
      return date(span, reader);
    default:
      return document.createTextNode(emojiOf(span.name));
  }
}

/** A mrkdwn text as nodes. */
export function mrkdwnNodes(text, { names, reader }) {
  return parseMrkdwn(text).map((span) => spanNode(span, names, reader));
}

/** A text object as nodes. */
export function textNodes(object, context) {
  if (!object || typeof object.text !== 'string') return [];
  return object.type === 'mrkdwn' ? mrkdwnNodes(object.text, context) : [document.createTextNode(object.text)];
}

/** Inline elements of rich text as nodes. */
export function richNodes(elements, context) {
  return (Array.isArray(elements) ? elements : []).map((element) => richNode(element, context));
}

function richNode(element, { names, reader }) {
  switch (element.type) {
    case 'text':
      return styled(element.text, element.style);
    case 'link':
      return link(element.url, element.text || element.url);
    case 'user':
      return el('strong', '', `@${names(element.user_id)}`);
    case 'channel':
      return el('strong', '', `#${names(element.channel_id)}`);
    case 'usergroup':
      return el('strong', '', `@${names(element.usergroup_id)}`);
    case 'broadcast':
      return el('strong', '', `@${element.range}`);
    case 'emoji':
      return document.createTextNode(emojiOf(element.name));
    case 'date':
      return date(element, reader);
    default:
      return document.createTextNode(String(element.value ?? ''));
  }
}
