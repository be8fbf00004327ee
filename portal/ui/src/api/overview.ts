import { queryOptions } from '@tanstack/react-query';
import { ask } from './portal';

/** The mesh in one look. A part is null while the backend that knows it does not answer. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => ask('get', '/api/v1/overview', { signal }),
  refetchInterval: 5_000,
});
