import { readdirSync } from 'node:fs';
import { runAll } from './harness.mjs';

for (const file of readdirSync(new URL('areas', import.meta.url)).sort()) {
  await import(`./areas/${file}`);
}

await runAll();
