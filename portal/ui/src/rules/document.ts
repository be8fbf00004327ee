import { type Document, parseDocument, stringify } from 'yaml';
import type { Resource } from '../api/kubernetes';

/* A resource as a text that a person edits, and back. What the server keeps is left out and put back. */

const KEPT_BY_THE_SERVER = ['creationTimestamp', 'deletionTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The resource as a person writes it: without status and without what the server keeps. */
export function written(resource: Resource): Record<string, unknown> {
  const metadata: Record<string, unknown> = Object.fromEntries(
    Object.entries(resource.metadata).filter(([key]) => !KEPT_BY_THE_SERVER.includes(key)),
  );
  if (resource.metadata.annotations) {
    const annotations = Object.fromEntries(Object.entries(resource.metadata.annotations).filter(([key]) => key !== LAST_APPLIED));
    if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
    else delete metadata.annotations;
  }
  const { apiVersion, kind, metadata: _, status: __, ...rest } = resource as Resource & Record<string, unknown>;
  return { apiVersion, kind, metadata, ...rest };
}

export function toYaml(resource: Resource): string {
  return stringify(written(resource), { lineWidth: 0, indentSeq: false, aliasDuplicateObjects: false });
}

/** What a text is as a resource, or what keeps it from being one. */
export type Parsed =
  | { readonly ok: true; readonly object: Resource }
  | { readonly ok: false; readonly faults: readonly { readonly message: string; readonly from: number; readonly to: number }[] };

const MOST_ALIASES = 50;

/** Reads the text; `base` is the state that it was made from, for the server's check against a faster writer. */
export function parse(text: string, base?: Resource): Parsed {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return { ok: false, faults: document.errors.map((fault) => ({ message: fault.message, from: fault.pos[0], to: fault.pos[1] })) };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (problem) {
    return { ok: false, faults: [{ message: (problem as Error).message, from: 0, to: text.length }] };
  }
  if (!isObject(value) || !isObject(value.metadata)) {
    return { ok: false, faults: [{ message: 'apiVersion, kind, metadata', from: 0, to: text.length }] };
  }
  const metadata: Record<string, unknown> = { ...value.metadata };
  if (base?.metadata.resourceVersion) metadata.resourceVersion = base.metadata.resourceVersion;
  return { ok: true, object: { ...value, metadata } as unknown as Resource };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Several resources as one file, each with the state that it was made from. */
export function file(documents: readonly { readonly text: string; readonly base?: Resource | undefined }[]): string {
  return documents
    .map(({ text, base }) => {
      if (!base?.metadata.resourceVersion) return text;
      const document: Document = parseDocument(text);
      document.setIn(['metadata', 'resourceVersion'], base.metadata.resourceVersion);
      return document.toString({ lineWidth: 0 });
    })
    .join('---\n');
}
