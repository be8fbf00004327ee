/** Shares of a whole as one bar. Beside it stand the numbers; so the bar says everything in its label. */
export function SplitBar({ label, versions, weights, empty }: {
  label: string;
  versions: readonly string[];
  weights: readonly number[];
  empty?: string;
}) {
  const none = weights.every((weight) => weight === 0);
  const spoken = none && empty ? empty : versions.map((version, at) => `${version} ${weights[at] ?? 0} %`).join(', ');
  return (
    <div className="split-bar-line">
      <span className="split-bar-label">{label}</span>
      <div className="split-bar" role="img" aria-label={`${label}: ${spoken}`}>
        {none && empty ? <span className="split-bar-empty">{empty}</span> : null}
        {versions.map((version, at) =>
          (weights[at] ?? 0) > 0 ? (
            <span key={version} className={`split-part split-part-${(at % 5) + 1}`} style={{ width: `${weights[at] ?? 0}%` }}>
              {(weights[at] ?? 0) >= 12 ? `${version} ${weights[at] ?? 0} %` : null}
            </span>
          ) : null,
        )}
      </div>
    </div>
  );
}
