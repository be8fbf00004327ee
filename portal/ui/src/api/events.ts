import type { GraphChanged, GraphView } from '#portal';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { signedOut } from './http';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** What a topic of the stream makes stale. */
const STALE: Record<string, readonly string[]> = {
  config: ['config', 'services', 'overview'],
  proxies: ['proxies', 'services', 'overview', 'convergence'],
  certificates: ['overview'],
  resync: ['graph', 'config', 'proxies', 'services', 'overview'],
};

/** The window that the stream's graph is about. */
const STREAMED = '5m';

function patchGraph(client: QueryClient, news: GraphChanged): void {
  for (const [key, graph] of client.getQueriesData<GraphView>({ queryKey: ['graph', STREAMED] })) {
    if (!graph) continue;
    if (graph.layoutKey !== news.layoutKey) {
      void client.invalidateQueries({ queryKey: key });
      continue;
    }
    const changed = new Map(news.edges.map((edge) => [edge.id, edge]));
    client.setQueryData<GraphView>(key, {
      ...graph,
      asOf: news.asOf,
      edges: graph.edges.map((edge) => changed.get(edge.id) ?? edge),
    });
  }
}

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

function become(next: LiveState): void {
  if (next === state) return;
  state = next;
  listeners.forEach((listener) => listener());
}

/** How the stream of news stands. */
export function useLive(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/**
 * Follows the server's events for as long as somebody is signed in; what they are about is asked for
 * again. The browser itself reconnects; when it gives up, so do we, and the pages poll.
 *
 * @returns ends it
 */
export function follow(client: QueryClient): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const due = new Set<string>();
  let frame: ReturnType<typeof setTimeout> | undefined;

  const refresh = (topic: string) => {
    (STALE[topic] ?? []).forEach((key) => due.add(key));
    // Several events of one moment ask once.
    frame ??= setTimeout(() => {
      frame = undefined;
      const keys = [...due];
      due.clear();
      keys.forEach((key) => void client.invalidateQueries({ queryKey: [key] }));
    }, 200);
  };

  const open = () => {
    source = new EventSource('/api/v1/events');
    source.onopen = () => become('live');
    source.onerror = () => {
      const over = source?.readyState === EventSource.CLOSED;
      become(over ? 'offline' : 'reconnecting');
      if (over) timer = setTimeout(open, 4_000);
    };
    Object.keys(STALE).forEach((topic) => source?.addEventListener(topic, () => refresh(topic)));
    source.addEventListener('graph', (event) => patchGraph(client, JSON.parse((event as MessageEvent<string>).data) as GraphChanged));
    source.addEventListener('ended', () => {
      source?.close();
      signedOut();
    });
  };
  become('connecting');
  open();
  return () => {
    source?.close();
    clearTimeout(timer);
    clearTimeout(frame);
    become('connecting');
  };
}
