// What the floor asks of its rows in a way that Python spells out and a tablet has an index for.

/** The twin of scores_of in webapp/floor/facts.py. */
export const pyScoresOf = (tables, lesson) => tables.scores.of(lesson);
