import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http';

/** Puts a fault into the person's language: by its code where we know it, else as the server said it. */
export function useProblem(): (problem: unknown) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (problem: unknown) => {
      if (!(problem instanceof ApiError)) {
        return problem instanceof TypeError ? t('errors.network') : String((problem as Error | undefined)?.message ?? problem);
      }
      const key = `errors.${problem.code}`;
      if (problem.code && i18n.exists(key)) return String(i18n.t(key as 'errors.network', problem.params as never));
      if (problem.status === 403) return `${t('errors.forbidden')} ${problem.message}`;
      if (problem.status === 502 || problem.status === 503 || problem.status === 504) return `${t('errors.unavailable')} ${problem.message}`;
      return problem.message;
    },
    [t, i18n],
  );
}
