import { nearestName } from '../message/nearest-name.ts';
import { UserError } from '../message/user-error.ts';

// What BuildKit builds for and a registry can name: Go's architectures with their variants.
// https://github.com/containerd/platforms
const platforms: readonly string[] = [
  'linux/amd64',
  'linux/amd64/v2',
  'linux/amd64/v3',
  'linux/amd64/v4',
  'linux/arm64',
  'linux/arm64/v8',
  'linux/arm/v5',
  'linux/arm/v6',
  'linux/arm/v7',
  'linux/386',
  'linux/loong64',
  'linux/mips64',
  'linux/mips64le',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
  'windows/amd64',
  'windows/arm64',
];

const otherNames: Readonly<Record<string, string>> = {
  'linux/x86_64': 'linux/amd64',
  'linux/x86-64': 'linux/amd64',
  'linux/aarch64': 'linux/arm64',
  'linux/armhf': 'linux/arm/v7',
  'linux/arm': 'linux/arm/v7',
  amd64: 'linux/amd64',
  x86_64: 'linux/amd64',
  arm64: 'linux/arm64',
  aarch64: 'linux/arm64',
};

/**
 * Checks the platforms that an image is to have, each once.
 *
 * @throws UserError `input-invalid` for the first that no builder knows, with the nearest that one does
 */
export function parsePlatforms(names: readonly string[]): string[] {
  for (const name of names) {
    if (platforms.includes(name)) continue;
    const nearest = otherNames[name.toLowerCase()] ?? nearestName(name, platforms);
    const hint = nearest === undefined ? `legal are ${platforms.join(', ')}` : `did you mean ${nearest}?`;
    throw new UserError('input-invalid', `there is no platform "${name}"; ${hint}`);
  }
  return [...new Set(names)];
}
