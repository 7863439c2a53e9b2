// What the floor asks of its rows in a way that Python spells out and a tablet has an index for.

/** What scores_of of webapp/floor/both/parts/facts.py gives.
 *  @param {Tables} tables @param {string} lesson */
export const pyScoresOf = (tables, lesson) => tables.scores.of(lesson);
