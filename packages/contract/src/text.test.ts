import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillText } from './text.js';

describe('filling a text', () => {
  it('puts values into its places, each wherever it stands', () => {
    assert.equal(fillText('{a} and {b} and {a}', { a: 'x', b: 2 }), 'x and 2 and x');
    assert.equal(fillText('{count}', { count: 0 }), '0');
    assert.equal(fillText('{a}', { a: '' }), '');
  });

  it('leaves a place without a value as it stands, so that its author sees it', () => {
    assert.equal(fillText('By {owner}.', {}), 'By {owner}.');
    assert.equal(fillText('By {owner}.'), 'By {owner}.');
  });

  it('never fills twice: a value is text, whatever it looks like', () => {
    assert.equal(fillText('{a}', { a: '{b} $& $1', b: 'no' }), '{b} $& $1');
  });

  it('leaves braces that are no places alone', () => {
    assert.equal(fillText('{} { a } {a-b} {{a}}', { a: 'x' }), '{} { a } {a-b} {x}');
  });

  it('asks a function where the language counts', () => {
    assert.equal(
      fillText(({ count }) => `${count}!`, { count: 2 }),
      '2!',
    );
  });

  it('makes nothing of no text', () => {
    assert.equal(fillText(undefined), '');
    assert.equal(fillText(undefined, { a: 1 }), '');
  });
});
