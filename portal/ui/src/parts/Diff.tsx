import { lazy, Suspense } from 'react';
import { Skeleton } from './States';

const DiffView = lazy(() => import('./DiffView').then((module) => ({ default: module.DiffView })));

/** What changes between two texts. The editor's code comes when it is first needed. */
export function Diff(props: { before: string; after: string; label: string }) {
  return (
    <Suspense fallback={<Skeleton rows={6} />}>
      <DiffView {...props} />
    </Suspense>
  );
}
