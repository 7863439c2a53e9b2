// What the floor asks of its rows in a way that Python spells out and a tablet has an index for.

/** What scores_of of webapp/floor/both/parts/facts.py gives.
 *  @param {Tables} tables @param {string} lesson */
export const pyScoresOf = (tables, lesson) => tables.scores.of(lesson);

/** What memberships_of of the same file gives.
 *  @param {Tables} tables @param {string} group */
export const pyMembershipsOf = (tables, group) => tables.memberships.of(group);
