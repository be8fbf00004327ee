import { queryOptions } from '@tanstack/react-query';
import { call } from './http';
import { type KindType, MANAGER } from './kubernetes';

/** As much of a JSON schema as completing and explaining needs. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly default?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly kind: string }[];
}

/** The schema of a kind, from the manager's own OpenAPI: what completes is what it accepts. */
export const schemaQuery = (type: KindType) =>
  queryOptions({
    queryKey: ['schema', type.group, type.version, type.kind],
    queryFn: async ({ signal }): Promise<Schema | null> => {
      const path = `${MANAGER}/openapi/v3/apis/${type.group}/${type.version}`;
      const document = await call<{ components: { schemas: Record<string, Schema> } }>(path, { signal });
      const ofKind = (schema: Schema) => schema['x-kubernetes-group-version-kind']?.some(({ kind }) => kind === type.kind);
      return Object.values(document.components.schemas).find(ofKind) ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
