import { expect, it } from '@jest/globals';
import { imageLabels } from './image-labels.ts';

const source = {
  sha: '4f9c2d7',
  ref: 'refs/tags/v1.4.2',
  repositoryUrl: 'https://github.com/octo-org/hello',
};

it('tells where the image comes from, and lets the user win', () => {
  const labels = imageLabels(
    source,
    Date.UTC(2026, 10, 20),
    new Map([
      ['team', 'a=b'],
      ['org.opencontainers.image.version', 'x'],
    ]),
  );
  expect(Object.fromEntries(labels)).toEqual({
    'org.opencontainers.image.created': '2026-11-20T00:00:00.000Z',
    'org.opencontainers.image.revision': '4f9c2d7',
    'org.opencontainers.image.source': 'https://github.com/octo-org/hello',
    'org.opencontainers.image.version': 'x',
    team: 'a=b',
  });
});

it('leaves out what the run does not know', () => {
  const labels = imageLabels({ sha: undefined, ref: undefined, repositoryUrl: undefined }, 0, new Map());
  expect([...labels.keys()]).toEqual(['org.opencontainers.image.created']);
});
