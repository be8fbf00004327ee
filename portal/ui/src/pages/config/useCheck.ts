import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/http';
import { type KindType, type Resource, write } from '../../api/kubernetes';
import { useProblem } from '../../parts/problem';
import { parse } from '../../rules/document';
import { locate } from '../../rules/locate';

/** A fault of a text, where it stands. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly field: string;
  readonly message: string;
}

export interface Check {
  readonly state: 'unchanged' | 'checking' | 'valid' | 'faulty' | 'unchecked';
  readonly faults: readonly Fault[];
  /** Why it could not be tried. */
  readonly problem: string | null;
}

const PAUSE_MILLIS = 350;

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

/** Lets the manager try a text a moment after the last key: a dry run with strict validation writes nothing. */
export function useCheck({ type, text, base, active }: { type: KindType; text: string; base: Resource | undefined; active: boolean }): Check {
  const problemText = useProblem();
  const settled = useSettled(text);
  const parsed = parse(settled, base);
  const trial = useQuery({
    queryKey: ['trial', type.kind, settled, base?.metadata.resourceVersion ?? ''],
    queryFn: ({ signal }) => (parsed.ok ? write(type, parsed.object, { create: !base, dryRun: true }, signal) : null),
    enabled: active && parsed.ok && settled === text,
    retry: false,
    gcTime: 30_000,
  });
  if (!active) return { state: 'unchanged', faults: [], problem: null };
  if (settled !== text) return { state: 'checking', faults: [], problem: null };
  if (!parsed.ok) {
    return { state: 'faulty', problem: null, faults: parsed.faults.map((fault) => ({ ...fault, field: 'YAML', line: lineOf(text, fault.from) })) };
  }
  if (trial.isSuccess) return { state: 'valid', faults: [], problem: null };
  if (!trial.isError) return { state: 'checking', faults: [], problem: null };
  const refusal = trial.error;
  // Another's newer state is for the save to show; here only what is wrong with the text counts.
  if (refusal instanceof ApiError && refusal.status === 409 && base) return { state: 'valid', faults: [], problem: null };
  if (refusal instanceof ApiError && (refusal.status === 422 || refusal.status === 400 || refusal.status === 409)) {
    // A name that is taken is the one fault that comes without its field.
    const field = refusal.status === 409 ? 'metadata.name' : '';
    const causes = refusal.causes.length > 0 ? refusal.causes : [{ field, message: refusal.message }];
    return {
      state: 'faulty',
      problem: null,
      faults: causes.map((cause) => {
        const place = locate(text, cause.field ?? '');
        return { ...place, line: lineOf(text, place.from), field: cause.field ?? '', message: cause.message };
      }),
    };
  }
  return { state: 'unchecked', faults: [], problem: problemText(refusal) };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
