// The first load: the scripts that the first page needs before it shows anything, compressed. Fails the
// build when they are more than the budget, says then what each page adds, and lays a compressed copy of
// every asset beside it for the server to send.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const BUDGET_KIB = 300;
const root = 'target/classes/static';
const manifest = JSON.parse(readFileSync(`${root}/.vite/manifest.json`, 'utf8'));
rmSync(`${root}/.vite`, { recursive: true });

const sizes = new Map();
for (const name of readdirSync(`${root}/assets`)) {
  const bytes = readFileSync(`${root}/assets/${name}`);
  const gzip = gzipSync(bytes, { level: 9 });
  writeFileSync(`${root}/assets/${name}.gz`, gzip);
  writeFileSync(`${root}/assets/${name}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  sizes.set(`assets/${name}`, gzip.length / 1024);
}

/** A chunk and all that it imports at once. */
function needed(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  (manifest[key].imports ?? []).forEach((each) => needed(each, seen));
  return seen;
}

const sum = (keys) => [...keys].reduce((all, key) => all + sizes.get(manifest[key].file), 0);
const entry = needed('index.html');
const total = sum(needed('src/pages/overview/OverviewPage.tsx', new Set(entry)));
console.log(`pages: first load ${total.toFixed(1)} KiB of ${BUDGET_KIB} KiB`);
if (total > BUDGET_KIB) {
  for (const [key, chunk] of Object.entries(manifest)) {
    if (!chunk.isDynamicEntry) continue;
    const more = [...needed(key)].filter((each) => !entry.has(each));
    console.error(`  ${key.replace(/^.*\//, '').padEnd(22)} ${sum(more).toFixed(1).padStart(7)} KiB on demand`);
  }
  console.error(
    `found ${total.toFixed(1)} KiB of script for the first load, expected at most ${BUDGET_KIB} KiB; make what is not needed at once lazy`,
  );
  process.exit(1);
}
