import { useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { type Health, healthOf } from '../../api/graph';
import type { DrawnEdge } from './Graph';
import { PATTERNS, widthOf } from './view';

const COLOURS: Record<Health, string> = { ok: '--ok', degraded: '--warn', failing: '--bad', idle: '--quiet' };

/** Many edges, drawn in one go behind the nodes. */
export function CanvasEdges({ edges }: { edges: readonly DrawnEdge[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const left = useStore((state) => state.transform[0]);
  const top = useStore((state) => state.transform[1]);
  const zoom = useStore((state) => state.transform[2]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const dots = globalThis.devicePixelRatio;
    canvas.current.width = width * dots;
    canvas.current.height = height * dots;
    const style = getComputedStyle(canvas.current);
    context.setTransform(dots * zoom, 0, 0, dots * zoom, dots * left, dots * top);
    for (const { edge, curve, dimmed, selected } of edges) {
      const health = healthOf(edge);
      context.globalAlpha = dimmed ? 0.15 : selected ? 1 : 0.75;
      context.strokeStyle = style.getPropertyValue(COLOURS[health]);
      context.fillStyle = context.strokeStyle;
      context.lineWidth = widthOf(edge) + (selected ? 1.5 : 0);
      context.setLineDash([...PATTERNS[health]]);
      context.beginPath();
      context.moveTo(curve.from.x, curve.from.y);
      context.bezierCurveTo(curve.bend1.x, curve.bend1.y, curve.bend2.x, curve.bend2.y, curve.to.x, curve.to.y);
      context.stroke();
      context.beginPath();
      context.moveTo(curve.to.x, curve.to.y - 3.5);
      context.lineTo(curve.to.x + 7, curve.to.y);
      context.lineTo(curve.to.x, curve.to.y + 3.5);
      context.fill();
    }
  }, [edges, width, height, left, top, zoom]);

  return <canvas ref={canvas} className="edges-canvas" aria-hidden="true" data-testid="edges-canvas" />;
}
