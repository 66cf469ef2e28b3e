import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameAppResources } from '../config/names.ts';
import { estimateCost, printCostTable } from '../cost/estimate-cost.ts';
import { priceTable } from '../cost/price-table.ts';
import { drawArchitecture } from '../diagram/draw-architecture.ts';
import { readArchitecture } from '../diagram/read-architecture.ts';
import { createSlipwayApp } from '../stacks/slipway-app.ts';
import { listAcknowledgements } from '../template/acknowledgements.ts';
import { printJson } from '../template/assembly-file.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import type { Template } from '../template/template.ts';
import { findResources } from '../template/walk.ts';

/**
 * Files that follow from the code and are committed all the same, because people read them in reviews
 * and app workflows need them without CDK. By path under `infra/`.
 */
export function writeCommittedFiles(environments: readonly EnvironmentConfig[]): ReadonlyMap<string, string> {
  const { templates, artifacts } = synthesizeTemplates(...environments);
  const files = new Map<string, string>();
  for (const [name, text] of artifacts) files.set(`taskdefs/${name}`, text);
  for (const config of environments) {
    const own = new Map([...templates].filter(([stack]) => stack.startsWith(`slipway-${config.name}-`)));
    files.set(`diagrams/${config.name}.svg`, drawArchitecture(readArchitecture(config.name, own)));
    for (const [path, text] of listBootstrapRevisions(config, own)) files.set(path, text);
  }
  const findings = listAcknowledgements(createSlipwayApp({ environments }));
  files.set('acknowledgements.json', printJson(findings));
  return files;
}

/** The frozen revisions, to be compared with what was committed when the app was made. */
function listBootstrapRevisions(
  config: EnvironmentConfig,
  templates: ReadonlyMap<string, Template>,
): [string, string][] {
  return Object.keys(config.apps).map((app) => {
    const { family } = nameAppResources(config.name, app);
    const revision = findResources(templates, 'AWS::ECS::TaskDefinition').find(
      ({ properties }) => properties['Family'] === family,
    );
    return [nameBootstrapFile(config.name, app), printJson(revision?.properties ?? {})];
  });
}

export function nameBootstrapFile(environment: string, app: string): string {
  return `taskdefs/bootstrap.${environment}.${app}.json`;
}

const marks = { from: '<!-- cost:begin -->', to: '<!-- cost:end -->' } as const;

/** Puts the cost tables between their marks in the README; everything else stays as it is. */
export function updateReadme(readme: string, environments: readonly EnvironmentConfig[]): string {
  const start = readme.indexOf(marks.from);
  const end = readme.indexOf(marks.to);
  if (start === -1 || end < start) throw new Error(`infra/README.md lacks ${marks.from} and ${marks.to}.`);
  const { templates } = synthesizeTemplates(...environments);
  const tables = environments.map((config) => {
    const own = new Map([...templates].filter(([stack]) => stack.startsWith(`slipway-${config.name}-`)));
    return `### ${config.name}\n\n${printCostTable(estimateCost(config, own))}\n`;
  });
  const intro = `List prices of ${priceTable.region} as of ${priceTable.asOf}, at the least number of tasks, without traffic.\n`;
  return `${readme.slice(0, start + marks.from.length)}\n${[intro, ...tables].join('\n')}${readme.slice(end)}`;
}
