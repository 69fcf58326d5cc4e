import { scheduleListCard } from '../../rendering/scheduleCards.ts';
import { defineCommand } from '../command.ts';

export const schedules = defineCommand({
  name: 'schedules',
  description: 'Everything that is refreshed by itself, and when next',
  needs: 'read',
  usages: [{ usage: '/schedules', does: 'All schedules, with their next dates' }],
  run: async (request, parts) => ({ card: await scheduleListCard(parts, request) }),
});
