import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs that wider tests use where they are, with the call that shows whether they answer. */
const probes = {
  aws: ['aws', '--version'],
  docker: ['docker', 'version', '--format', '{{.Server.Version}}'],
  skopeo: ['skopeo', '--version'],
} as const;

/**
 * True when the program answers. Where it does not, the tests that need it are to be skipped, and this says so once on stderr;
 * where SLIPWAY_REQUIRE names it (`docker,skopeo`), as CI does, its absence is an error instead.
 *
 * @param tests what is skipped without it: "the rehearsal with docker"
 */
export async function hasTool(tool: keyof typeof probes, tests: string): Promise<boolean> {
  const [command, ...words] = probes[tool];
  try {
    await run(command, words, { timeout: 30_000 });
    return true;
  } catch (error) {
    const required = (process.env['SLIPWAY_REQUIRE'] ?? '').split(',');
    if (required.includes(tool))
      throw new Error(`SLIPWAY_REQUIRE names ${tool}, which does not answer`, { cause: error });
    process.stderr.write(`SKIPPED: ${tests}, because ${tool} does not answer.\n`);
    return false;
  }
}
