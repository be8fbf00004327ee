// Splits target/junit/*.xml into one report for each test file, as surefire writes them: whoever counts
// tests reads the first suite of a file.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const reports = 'target/surefire-reports';
mkdirSync(reports, { recursive: true });
for (const file of readdirSync('target/junit')) {
  const suites = readFileSync(`target/junit/${file}`, 'utf8').match(/<testsuite [\s\S]*?<\/testsuite>/g) ?? [];
  for (const suite of suites) {
    const name = /name="([^"]*)"/.exec(suite)[1].replace(/^.*\//, '').replace(/\.(test|spec)\.ts$/, '');
    writeFileSync(`${reports}/TEST-${file.replace(/\.xml$/, '')}.${name}.xml`, `<?xml version="1.0" encoding="UTF-8"?>\n${suite}\n`);
  }
}
