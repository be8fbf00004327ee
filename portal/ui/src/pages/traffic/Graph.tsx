import { Controls, type Node, type NodeProps, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrafficEdge } from '#portal';
import { CanvasEdges } from './CanvasEdges';
import { curveBetween, distance, neighbour } from './geometry';
import { GraphNodeBox, type NodeContent } from './GraphNodeBox';
import { useNames } from './names';
import { SvgEdges } from './SvgEdges';
import { inbound, type View } from './view';

/** Above so many edges one canvas draws them all: as elements they would make panning stutter. */
const MOST_ELEMENTS = 150;
const NEAR = 12;

type BoxNode = Node<NodeContent, 'box'>;
const TYPES = { box: ({ data }: NodeProps<BoxNode>) => <GraphNodeBox {...data} /> };

/** One edge and the way it takes. */
export interface DrawnEdge {
  readonly edge: TrafficEdge;
  readonly curve: ReturnType<typeof curveBetween>;
  readonly dimmed: boolean;
  readonly selected: boolean;
}

interface Props {
  readonly view: View;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  readonly onFocus: (id: string) => void;
}

/** The picture. Positions are the server's: it moves only when a person moves it. */
export function Graph(props: Props) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

function Picture({ view, selected, onSelect, onFocus }: Props) {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const store = useStoreApi();
  const place = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string>();
  const nameOf = useNames(view.nodes);
  const stop = view.nodes.some((node) => node.id === current) ? current : view.nodes[0]?.id;

  const nodes = useMemo(() => {
    const coming = inbound(view.edges);
    return view.nodes.map((node): BoxNode => ({
      id: node.id,
      type: 'box',
      position: { x: node.x, y: node.y },
      width: node.width,
      height: node.height,
      draggable: false,
      selectable: false,
      focusable: false,
      connectable: false,
      data: {
        node,
        name: nameOf(node.id),
        rate: coming.get(node.id)?.rate ?? null,
        health: coming.get(node.id)?.health ?? 'idle',
        callers: view.edges.filter((edge) => edge.target === node.id).length,
        selected: node.id === selected,
        dimmed: view.found !== null && !view.found.has(node.id),
        tabStop: node.id === stop,
        onChoose: () => onSelect(node.id),
        onReach: () => setCurrent(node.id),
      },
    }));
  }, [view, selected, stop, onSelect, nameOf]);

  const edges = useMemo(() => {
    const boxes = new Map(view.nodes.map((node) => [node.id, node]));
    return view.edges.flatMap((edge): DrawnEdge[] => {
      const source = boxes.get(edge.source);
      const target = boxes.get(edge.target);
      if (!source || !target) return [];
      const dimmed = view.found !== null && !view.found.has(edge.source) && !view.found.has(edge.target);
      const chosen = edge.id === selected || edge.source === selected || edge.target === selected;
      return [{ edge, curve: curveBetween(source, target), dimmed, selected: chosen }];
    });
  }, [view, selected]);
  const asElements = edges.length <= MOST_ELEMENTS;

  const go = useCallback(
    (id: string) => {
      setCurrent(id);
      const node = view.nodes.find((each) => each.id === id);
      place.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
      if (!node) return;
      const { width, height, transform } = store.getState();
      const [left, top, zoom] = transform;
      const x = node.x * zoom + left;
      const y = node.y * zoom + top;
      const inSight = x >= 0 && y >= 0 && x + node.width * zoom <= width && y + node.height * zoom <= height;
      if (!inSight) void flow.setCenter(node.x + node.width / 2, node.y + node.height / 2, { zoom });
    },
    [view.nodes, store, flow],
  );

  function keyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || !stop) return;
    switch (event.key) {
      case 'ArrowRight':
      case 'ArrowLeft':
      case 'ArrowUp':
      case 'ArrowDown': {
        const next = neighbour(stop, event.key, view.nodes, view.edges);
        if (next) go(next);
        break;
      }
      case 'f':
        onFocus(stop);
        break;
      case '+':
      case '=':
        void flow.zoomIn();
        break;
      case '-':
        void flow.zoomOut();
        break;
      case '0':
        void flow.fitView({ padding: 0.06, maxZoom: 1.2 });
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function clicked(event: React.MouseEvent) {
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const near = edges.map((each) => ({ id: each.edge.id, far: distance(each.curve, point) })).sort((a, b) => a.far - b.far)[0];
    onSelect(near && near.far <= NEAR ? near.id : undefined);
  }

  return (
    <div className="graph" ref={place} role="group" aria-label={t('traffic.graphLabel', { nodes: nodes.length, edges: edges.length })} onKeyDown={keyDown} data-testid="graph">
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={TYPES}
        fitView
        fitViewOptions={{ padding: 0.06, maxZoom: 1.2 }}
        minZoom={0.1}
        maxZoom={2.5}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        zoomOnDoubleClick={false}
        onPaneClick={clicked}
        proOptions={{ hideAttribution: true }}
      >
        {asElements ? <SvgEdges edges={edges} nodes={view.nodes} onSelect={onSelect} /> : <CanvasEdges edges={edges} />}
        <Controls
          showInteractive={false}
          fitViewOptions={{ padding: 0.06, maxZoom: 1.2 }}
          position="bottom-right"
          aria-label={t('traffic.controls')}
        />
      </ReactFlow>
    </div>
  );
}
