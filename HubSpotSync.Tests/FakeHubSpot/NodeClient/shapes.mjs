// Holds every answer against the client's own types: a field that its declarations do not mark as optional must be
// there. Nothing of HubSpot's is copied; the declarations are read from the installed package.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const codegen = join(dirname(require.resolve('@hubspot/api-client')), 'codegen');
const areas = ['oauth', 'webhooks', 'crm/contacts', 'crm/companies', 'crm/deals', 'crm/objects', 'crm/lists',
  'crm/owners', 'crm/pipelines', 'crm/properties', 'crm/associations', 'crm/associations/v4',
  'crm/associations/v4/schema'];

let checked = 0;
const missing = new Set();

for (const area of areas) {
  const models = join(codegen, area, 'models');
  const { ObjectSerializer } = require(join(models, 'ObjectSerializer.js'));
  const required = requiredFields(models);
  const original = ObjectSerializer.deserialize;
  ObjectSerializer.deserialize = (data, type, format) => {
    for (const field of isRecord(data) ? required.get(type) ?? [] : []) {
      checked++;
      if (data[field] === undefined) {
        missing.add(`${area}: ${type}.${field} is missing`);
      }
    }
    return original(data, type, format);
  };
}

/** @returns what was missing since the last call, and how many fields were looked at in all. */
export function takeFindings() {
  const found = [...missing];
  missing.clear();
  return { found, checked };
}

function isRecord(data) {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function requiredFields(models) {
  const fields = new Map();
  for (const file of readdirSync(models).filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(join(models, file), 'utf8');
    const type = file.slice(0, -'.d.ts'.length);
    const names = new Set([...text.matchAll(/^ {4}'(\w+)': /gm)].map((match) => match[1]));
    if (names.size > 0) {
      const attributes = require(join(models, type))[type].getAttributeTypeMap();
      fields.set(type, attributes.filter(({ name }) => names.has(name)).map(({ baseName }) => baseName));
    }
  }
  return fields;
}
