import { expect, it } from '@jest/globals';
import type { ImageTag } from './image-tags.ts';
import { planRepository } from './new-repository.ts';

const lasting: ImageTag = { name: '4f9c2d7', namesCommit: true, moves: false };
const moving = (name: string): ImageTag => ({ name, namesCommit: false, moves: true });

it('a new repository lets the moving tags of the run and the cache move, five at most', () => {
  expect(planRepository([lasting, moving('main'), moving('buildcache')]).movingTags).toEqual([
    'buildcache',
    'main',
  ]);
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(moving);
  expect(planRepository([lasting, ...many]).movingTags).toEqual(['buildcache', 'a', 'b', 'c', 'd']);
});

it('expires what no tag holds, and never a tagged image', () => {
  const { rules } = JSON.parse(planRepository([lasting, moving('main')]).lifecyclePolicy ?? '{}');
  expect(rules).toEqual([
    {
      rulePriority: 1,
      description: expect.any(String),
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 30 },
      action: { type: 'expire' },
    },
  ]);
});

it('expires nothing where images lose all their tags while services may run them', () => {
  expect(planRepository([moving('main')]).lifecyclePolicy).toBeUndefined();
});
