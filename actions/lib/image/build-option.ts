import type { BuildSsh } from './build-command.ts';

/** A field of an option that docker reads as one line of CSV, as it does `--secret`, `--output` and `--cache-to`. */
export function csvField(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** `--ssh` of docker: keys and agents are named by path, their content stays out of argv. */
export function sshOptions({ ssh }: { readonly ssh: readonly BuildSsh[] }): string[] {
  return ssh.flatMap(({ id, path }) => ['--ssh', path === undefined ? id : `${id}=${path}`]);
}
