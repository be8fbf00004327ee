import { type Document, isMap, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Resource } from '../api/kubernetes';
import type { MeshService } from '../api/mesh';
import { toYaml } from './document';
import { means, subsetFor, subsetsOf } from './routing';

/** One document of a change: how it is, how it will be. */
export interface Edit {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly before: string;
  readonly after: string;
  /** The state that it was made from; none when the resource is new. */
  readonly base: Resource | undefined;
}

/** What is wanted of a service's versions, and the rules as they are. */
export interface Wanted {
  readonly service: MeshService;
  readonly versions: readonly string[];
  readonly weights: readonly number[];
  readonly virtualService: Resource | undefined;
  readonly destinationRule: Resource | undefined;
  /** The place of the HTTP route to change; without one, a route is added at the end. */
  readonly routeAt: number | undefined;
}

const NETWORKING = 'networking.istio.io/v1';

/**
 * The documents to write so that each version gets its weight: the VirtualService, and before it the
 * DestinationRule where a version has no subset yet. Everything else in them stays as it is.
 */
export function planSplit(wanted: Wanted): Edit[] {
  const subsets = new Map(wanted.versions.map((version) => [version, subsetFor(version, wanted.destinationRule) ?? free(version, wanted)]));
  const rule = destinationRule(wanted, subsets);
  return [...(rule ? [rule] : []), virtualService(wanted, subsets)];
}

/** A name for a new subset: the version's own, unless somebody uses it for something else. */
function free(version: string, { destinationRule: rule }: Wanted): string {
  const taken = new Set(subsetsOf(rule).map((subset) => subset.name));
  let name = version;
  for (let n = 2; taken.has(name); n++) name = `${version}-${n}`;
  return name;
}

function destinationRule(wanted: Wanted, subsets: ReadonlyMap<string, string>): Edit | undefined {
  const { service, destinationRule: base } = wanted;
  const missing = wanted.versions.filter((version) => subsetFor(version, base) === undefined);
  if (missing.length === 0) return undefined;
  const items = missing.map((version) => ({ name: subsets.get(version) ?? version, labels: { version } }));
  if (!base) return created('DestinationRule', service, { host: service.name, subsets: items });
  return changed(base, (document) => {
    if (!isSeq(document.getIn(['spec', 'subsets']))) document.setIn(['spec', 'subsets'], document.createNode([]));
    const list = document.getIn(['spec', 'subsets']) as YAMLSeq;
    list.flow = false;
    items.forEach((item) => list.add(document.createNode(item)));
  });
}

function virtualService(wanted: Wanted, subsets: ReadonlyMap<string, string>): Edit {
  const { service, virtualService: base, versions, weights, routeAt } = wanted;
  const rows = versions.map((version, at) => ({ subset: subsets.get(version) ?? version, weight: weights[at] ?? 0 }));
  const fresh = rows
    .filter(({ weight }) => weight > 0)
    .map(({ subset, weight }) => ({ destination: { host: service.name, subset }, weight }));
  if (!base) return created('VirtualService', service, { hosts: [service.name], http: [{ route: fresh }] });
  return changed(base, (document) => {
    if (routeAt === undefined) {
      if (!isSeq(document.getIn(['spec', 'http']))) document.setIn(['spec', 'http'], document.createNode([]));
      (document.getIn(['spec', 'http']) as YAMLSeq).add(document.createNode({ route: fresh }));
      return;
    }
    const route = document.getIn(['spec', 'http', routeAt, 'route']);
    if (!isSeq(route)) throw new Error(`spec.http[${routeAt}].route: found none, expected the destinations of the split`);
    setWeights(document, route, rows, { service, namespace: base.metadata.namespace ?? 'default' });
  });
}

/**
 * Puts the weights into a list of destinations. One that is there keeps whatever else it says; one that
 * is missing is made like the first, so that headers and ports are those of its siblings.
 */
function setWeights(
  document: Document,
  route: YAMLSeq,
  rows: readonly { subset: string; weight: number }[],
  where: { service: MeshService; namespace: string },
): void {
  const ours = route.items.filter(
    (item): item is YAMLMap => isMap(item) && means(String(item.getIn(['destination', 'host'])), where.namespace, where.service),
  );
  const model = ours[0];
  // A destination without a subset is the load balancer's choice: a split takes its place.
  const undecided = ours.filter((item) => item.getIn(['destination', 'subset']) === undefined);
  for (const { subset, weight } of rows) {
    const found = ours.find((item) => item.getIn(['destination', 'subset']) === subset);
    if (found) {
      found.set('weight', weight);
      continue;
    }
    if (weight === 0) continue;
    const item = undecided.shift() ?? (model ? added(route, model.clone() as YAMLMap) : added(route, document.createNode({ destination: { host: where.service.name } })));
    item.setIn(['destination', 'subset'], subset);
    item.set('weight', weight);
  }
  // What is left over names no version of this split, and the sum is 100 without it.
  const named = new Set(rows.map(({ subset }) => subset));
  ours.filter((item) => !named.has(String(item.getIn(['destination', 'subset'])))).forEach((item) => item.set('weight', 0));
  undecided.forEach((item) => route.items.splice(route.items.indexOf(item), 1));
}

function added(route: YAMLSeq, item: YAMLMap): YAMLMap {
  route.add(item);
  return item;
}

function created(kind: string, service: MeshService, spec: Record<string, unknown>): Edit {
  const { name, namespace } = service;
  const after = stringify({ apiVersion: NETWORKING, kind, metadata: { name, namespace }, spec }, { lineWidth: 0, indentSeq: false });
  return { kind, name, namespace, before: '', after, base: undefined };
}

function changed(base: Resource, change: (document: Document) => void): Edit {
  const before = toYaml(base);
  return {
    kind: base.kind,
    name: base.metadata.name,
    namespace: base.metadata.namespace ?? 'default',
    before,
    after: edited(before, change),
    base,
  };
}

/**
 * Changes a text and leaves its comments, its quotes, its order and everything unknown where they are. How
 * lists are indented and brackets are padded is taken from the text.
 */
export function edited(text: string, change: (document: Document) => void): string {
  const document = parseDocument(text);
  change(document);
  return document.toString({
    lineWidth: 0,
    indentSeq: /^( *)[^\s-].*:\n\1 +- /m.test(text),
    flowCollectionPadding: !/[[{][^\s\]}]/.test(text),
  });
}
