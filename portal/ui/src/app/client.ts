import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/http';

/** The cache of everything that the servers told. What a server refused is not asked again, what did not answer is. */
export function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 4_000,
        retry: (failures, problem) => !(problem instanceof ApiError && problem.status < 500) && failures < 1,
        retryDelay: 800,
      },
    },
  });
}
