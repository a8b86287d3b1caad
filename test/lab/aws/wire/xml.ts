/** Writing XML: the two protocols of AWS that still speak it need elements and nothing else. */

/** Name and content; `undefined` content leaves the element out, an empty list writes it empty. */
export type XmlElement = readonly [name: string, content: XmlContent];

/** Text, elements, or nothing at all. */
export type XmlContent = string | number | boolean | undefined | readonly XmlElement[];

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole document. */
export function xmlDocument(name: string, namespace: string | undefined, content: readonly XmlElement[]): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`;
  return `${DECLARATION}<${name}${attribute}>${content.map(writeElement).join('')}</${name}>`;
}

function writeElement([name, content]: XmlElement): string {
  if (content === undefined) return '';
  if (typeof content !== 'object') return `<${name}>${escapeXml(String(content))}</${name}>`;
  return content.length === 0 ? `<${name}/>` : `<${name}>${content.map(writeElement).join('')}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A time as XML protocols write it. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
