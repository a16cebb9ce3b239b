// Restores the browser's libraries: `npm ci` into a folder of its own, then only what the pages use goes to
// wwwroot/lib. Every file is put in place by a rename, so builds that run at the same time do not see half a file.
// The API's page is one file that holds all it needs: it is taken alone, without the three hundred packages it is made of.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'wwwroot', 'lib');
const files = [
  '@tabler/core/dist/css/tabler.min.css',
  'htmx.org/dist/htmx.min.js',
];
const fonts = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  '@expo-google-fonts/noto-sans/LICENSE_FONT',
];

const work = mkdtempSync(join(tmpdir(), 'portal-assets-'));
try {
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    copyFileSync(join(here, name), join(work, name));
  }

  run('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error');

  const modules = join(work, 'node_modules');
  mkdirSync(join(target, 'icons'), { recursive: true });
  mkdirSync(join(target, 'fonts'), { recursive: true });
  for (const file of files) {
    put(join(modules, file), join(target, basename(file)));
  }

  for (const font of fonts) {
    put(join(modules, font), join(target, 'fonts', basename(font)));
  }

  for (const icon of readFileSync(join(here, 'icons.txt'), 'utf8').split(/\s+/).filter(Boolean)) {
    put(join(modules, '@tabler/icons/icons/outline', `${icon}.svg`), join(target, 'icons', `${icon}.svg`));
  }

  put(alone('@scalar/api-reference', 'dist/browser/standalone.js'), join(target, 'scalar.js'));
  put(join(work, 'package-lock.json'), join(target, '.restored'));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function put(from, to) {
  const half = `${to}.${process.pid}`;
  writeFileSync(half, readFileSync(from));
  renameSync(half, to);
}

function run(command) {
  const npm = spawnSync(command, { cwd: work, shell: true, encoding: 'utf8' });
  if (npm.status !== 0) {
    const why = `${npm.stderr ?? ''}${npm.stdout ?? ''}`.trim().split('\n').find(line => !/^npm warn/.test(line));
    console.error(`portal assets : error : "${command}" failed; the build needs Node.js 20 with npm. ${why ?? ''}`);
    process.exit(1);
  }
}

// One file of a package whose version and hash package.json names.
function alone(name, file) {
  const { version, integrity } = JSON.parse(readFileSync(join(work, 'package.json'), 'utf8')).alone[name];
  const before = new Set(readdirSync(work));
  run(`npm pack ${name}@${version} --ignore-scripts --loglevel=error`);
  const archive = readdirSync(work).find(one => one.endsWith('.tgz') && !before.has(one));
  const hash = createHash('sha512').update(readFileSync(join(work, archive))).digest('base64');
  if (`sha512-${hash}` !== integrity) {
    console.error(`portal assets : error : ${name} ${version} is not what it was: its hash differs.`);
    process.exit(1);
  }

  run(`tar -xzf ${archive} package/${file}`);
  return join(work, 'package', file);
}
