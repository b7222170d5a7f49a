import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { reminderAfter } from './reminders.js';

const DAY = 86_400_000;
const due = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2040-01-01'),
  noInvalidDate: true,
});

describe('reminderAfter', () => {
  it('is always later, at one of the days agreed on, and leaves none of them out (000-10)', () => {
    fc.assert(
      fc.property(due, fc.integer({ min: -40 * DAY, max: 40 * DAY }), (date, offset) => {
        const after = new Date(date.getTime() + offset);
        const at = reminderAfter(date, after);
        assert.ok(at > after);
        const days = (at.getTime() - date.getTime()) / DAY;
        assert.ok([-7, -3, -1].includes(days) || (Number.isInteger(days) && days >= 0));
        const agreed = [-7, -3, -1, ...Array.from({ length: 50 }, (_, day) => day)];
        const first = agreed.find((day) => date.getTime() + day * DAY > after.getTime());
        assert.equal(days, first);
      }),
    );
  });
});
