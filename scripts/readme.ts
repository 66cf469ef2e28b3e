/** Writes the generated parts of the actions' READMEs from their action.yml, and the table of causes; `--check` only compares. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { parse } from 'yaml';
import { renderCauses } from './causes.ts';

interface ActionFile {
  inputs?: Record<string, { description?: string; required?: boolean; default?: string }>;
  outputs?: Record<string, { description?: string }>;
}

const actions = resolve(fileURLToPath(import.meta.url), '../../actions');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

let stale = 0;
update('deploy-ecs-service/CAUSES.md', () => renderCauses());
for (const name of readdirSync(actions)) {
  if (name === 'lib') continue;
  update(`${name}/README.md`, (before) =>
    fillTables(before, parse(readFileSync(join(actions, name, 'action.yml'), 'utf8')), name),
  );
}
if (values.check && stale > 0) process.exitCode = 1;

function update(file: string, render: (before: string) => string): void {
  const path = join(actions, file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const after = render(before);
  if (after === before) return;
  stale += 1;
  if (values.check) console.error(`actions/${file} is stale; run npm run readme and commit`);
  else writeFileSync(path, after);
}

function fillTables(readme: string, action: ActionFile, name: string): string {
  const inputs = Object.entries(action.inputs ?? {}).map(
    ([input, { description, required, default: value }]) => [
      `\`${input}\`${required ? ' *' : ''}`,
      sentence(name, input, description),
      value === undefined || value === '' ? '' : `\`${cell(value)}\``,
    ],
  );
  const outputs = Object.entries(action.outputs ?? {}).map(([output, { description }]) => [
    `\`${output}\``,
    sentence(name, output, description),
  ]);
  const withInputs = fill(readme, 'inputs', [['input', 'what it is', 'default'], ...inputs], name);
  return fill(withInputs, 'outputs', [['output', 'what it is'], ...outputs], name);
}

function fill(readme: string, block: string, rows: string[][], name: string): string {
  const pattern = new RegExp(`(<!-- ${block} -->\n)[^]*?(<!-- /${block} -->)`);
  if (!pattern.test(readme))
    throw new Error(`actions/${name}/README.md has no <!-- ${block} --> … <!-- /${block} --> block`);
  const legend = block === 'inputs' ? '\n\n\\* required' : '';
  return readme.replace(
    pattern,
    (_match, open, close) => `${open}${markdownTable(rows, { alignDelimiters: false })}${legend}\n${close}`,
  );
}

function sentence(action: string, field: string, description: string | undefined): string {
  if (description === undefined || description.trim() === '')
    throw new Error(`actions/${action}/action.yml: ${field} has no description`);
  return cell(description.trim());
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}
